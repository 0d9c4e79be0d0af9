/**
 * Text from the server into nodes. Only the tags that a reply may hold become elements; anything else stays text, so
 * nothing that a person or a feed wrote can run, whatever reaches this page.
 */

const TAGS = new Set(["b", "i", "u", "s", "code", "pre", "a", "blockquote"]);
const TOKEN = /<(\/?)([a-z]+)((?:\s[^<>]*)?)>|&(#x[0-9a-f]{1,6}|#[0-9]{1,7}|[a-z]+);/gi;
const NAMED = {lt: "<", gt: ">", amp: "&", quot: '"', apos: "'", nbsp: "\u00a0"};

/** A fragment that shows `html`. */
export function shown(html) {
  const root = document.createDocumentFragment();
  const open = [root];
  let last = 0;
  for (const found of html.matchAll(TOKEN)) {
    write(open, html.slice(last, found.index));
    last = found.index + found[0].length;
    const [whole, closing, tag, attributes, entity] = found;
    if (entity) write(open, character(entity) ?? whole);
    else if (!TAGS.has(tag.toLowerCase())) write(open, whole);
    else if (!closing) begin(open, tag.toLowerCase(), attributes);
    else if (!end(open, tag.toLowerCase())) write(open, whole);
  }
  write(open, html.slice(last));
  return root;
}

/** The address if a link may lead there: the web, a mail, a telephone. */
export function safeAddress(address) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  return ["https:", "http:", "mailto:", "tel:"].includes(url.protocol) ? url.href : null;
}

/** Have a link open beside the conversation, and tell the other site nothing of it. */
export function leadOut(link, address) {
  link.href = address;
  link.rel = "noopener noreferrer";
  if (/^https?:/.test(address)) link.target = "_blank";
}

function write(open, text) {
  if (text) open.at(-1).append(text);
}

function begin(open, tag, attributes) {
  const element = document.createElement(tag);
  if (tag === "a") {
    const quoted = /\shref="([^"]*)"/i.exec(attributes);
    const address = quoted && safeAddress(shown(quoted[1]).textContent);
    if (address) leadOut(element, address);
  }
  open.at(-1).append(element);
  open.push(element);
}

function end(open, tag) {
  const at = open.findLastIndex((element) => element.localName === tag);
  if (at > 0) open.length = at;
  return at > 0;
}

function character(entity) {
  if (entity[0] !== "#") return NAMED[entity.toLowerCase()];
  const code = /^#x/i.test(entity) ? parseInt(entity.slice(2), 16) : parseInt(entity.slice(1), 10);
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : undefined;
}
