/** Messages as elements: what the person said, what Allié answers, its buttons, pictures and files. */

import {leadOut, safeAddress, shown} from "./markup.js";

const LONG = 1500;
/** What a file may call itself; anything else is saved as plain bytes and never opened as a page. */
const OPENABLE = /^(image\/(png|jpeg|gif|webp|svg\+xml)|application\/(pdf|json|vnd\.[a-z.-]+)|text\/(calendar|plain|csv))$/;

/** Elements from a reply or from words; `words` are the page's phrases, `act` what a press does. */
export class Messages {
  constructor(words, act) {
    this.words = words;
    this.act = act;
  }

  /** What the person wrote, exactly as they wrote it. */
  fromPerson(text, refused) {
    const element = message("person", this.words.you);
    const body = block("text", text);
    if (text.length > LONG) {
      body.classList.add("long");
      body.tabIndex = 0;
      body.setAttribute("role", "group");
      body.setAttribute("aria-label", this.words.you);
    }
    element.append(body);
    if (refused) this.markRefused(element);
    return element;
  }

  markRefused(element) {
    element.classList.add("refused");
    element.append(block("note", this.words.refused));
  }

  fromAllie(reply) {
    const element = message("allie", this.words.allie);
    element.tabIndex = -1;
    if (reply.language) element.lang = reply.language;
    if (reply.picture) element.append(this.picture(reply.picture));
    if (reply.html) element.append(words(reply.html));
    if (reply.more) element.append(this.folded(reply.more));
    const files = (reply.files ?? []).map((file) => this.file(file));
    if (reply.location) files.unshift(this.place(reply.location));
    if (files.length) element.append(block("files", ...files));
    const rows = (reply.buttons ?? []).map((row) => row.map((button) => this.button(button)));
    if (reply.asks_location && window.isSecureContext && navigator.geolocation) rows.push([this.positionButton()]);
    if (rows.length) element.append(this.choices(rows));
    return element;
  }

  /** What is folded under the text until the person opens it. */
  folded(html) {
    const element = document.createElement("details");
    element.className = "more";
    const summary = document.createElement("summary");
    summary.textContent = this.words.more;
    element.append(summary, block("text", shown(html)));
    return element;
  }

  choices(rows) {
    const group = block("choices");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", this.words.choices);
    for (const row of rows) {
      const line = block("row");
      line.append(...row);
      group.append(line);
    }
    return group;
  }

  button({label, data, url, start, says}) {
    if (data === undefined && start === undefined) return link("choice", label, safeAddress(url));
    const button = press(label);
    if (data !== undefined) button.dataset.press = data;
    const act = start === undefined ? () => this.act.press(button, {press: data, label}) : () => this.act.share(start, says);
    button.addEventListener("click", act);
    return button;
  }

  positionButton() {
    const button = press(this.words.send_position);
    button.addEventListener("click", () => this.act.position(button));
    return button;
  }

  picture({content, media_type, alt}) {
    if (!content) return block("note", alt ? `${alt} ${this.words.gone}` : this.words.gone);
    const image = document.createElement("img");
    image.className = "picture";
    image.alt = alt;
    image.src = URL.createObjectURL(blob(content, media_type));
    image.addEventListener("load", () => URL.revokeObjectURL(image.src), {once: true});
    return image;
  }

  file({name, content, media_type}) {
    if (!content) return block("note", `${name}. ${this.words.gone}`);
    const address = URL.createObjectURL(blob(content, media_type));
    const element = link("file", this.words.download.replace("{name}", name), address);
    element.removeAttribute("target");
    element.download = name;
    return element;
  }

  place([latitude, longitude]) {
    const at = `${latitude}/${longitude}`;
    const mark = `mlat=${latitude}&mlon=${longitude}`;
    return link("file", this.words.map, `https://www.openstreetmap.org/?${mark}#map=16/${at}`);
  }
}

function message(from, name) {
  const element = document.createElement("div");
  element.className = `message ${from}`;
  const speaker = document.createElement("span");
  speaker.className = "unseen";
  speaker.textContent = name;
  element.append(speaker);
  return element;
}

function block(name, ...content) {
  const element = document.createElement("div");
  element.className = name;
  element.dir = "auto"; // each block in its own direction, whatever it holds
  element.append(...content);
  return element;
}

function words(html) {
  const element = block("text", shown(html));
  const first = element.firstChild;
  if (first?.localName === "b" && /^\n|^$/.test(first.nextSibling?.textContent ?? "")) first.className = "title";
  return element;
}

function press(label) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "choice";
  button.textContent = label;
  return button;
}

function link(name, label, address) {
  const element = document.createElement("a");
  element.className = name;
  element.textContent = label;
  if (address) leadOut(element, address);
  return element;
}

function blob(content, type) {
  const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
  return new Blob([bytes], {type: OPENABLE.test(type.split(";")[0]) ? type : "application/octet-stream"});
}
