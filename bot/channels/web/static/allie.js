/** The conversation on the page: what is shown, what is typed, what is pressed. */

import {Line} from "./line.js";
import {memory} from "./memory.js";
import {Messages} from "./message.js";

const LISTEN_EVERY = 30_000;
const WRITING_AFTER = 400;
const CLOSE_TO_THE_END = 160;
const NOTICE_STAYS = 8_000;

const [log, form, field, status, writing, privacy, menu] = [
  "log",
  "form",
  "field",
  "status",
  "writing",
  "privacy",
  "menu",
].map((id) => document.getElementById(id));
const header = document.querySelector("header");
const spoken = JSON.parse(document.body.dataset.words); // the words of the page, by language
const words = {...spoken[document.documentElement.lang]};
const shown = new Map(); // elements of what the person said, by the id of its post
const pending = new Map(); // buttons whose press has no answer yet, by the id of its post
const tabs = new BroadcastChannel("allie"); // the other tabs of this person
let writingSoon;
let noticeLeaves;

const messages = new Messages(words, {press, position, share});

const line = new Line({
  answered(post, answer) {
    memory.met = true;
    if (answer.forgotten) {
      forget();
      tabs.postMessage(answer.replies);
    }
    const replies = answer.replies.map((reply) => showReply({reply}));
    settle(post, replies);
  },
  refused(post) {
    const entry = memory.entries.find(({id}) => id === post.id);
    if (entry) entry.refused = true;
    const element = shown.get(post.id);
    if (element) messages.markRefused(element);
    settle(post, []);
  },
  troubled(word) {
    if (word !== "") say(word ?? words.retrying, "troubled");
    else if (status.className === "troubled") say(words.back, "passing");
  },
  working(busy) {
    clearTimeout(writingSoon);
    if (busy) writingSoon = setTimeout(() => reveal(writing), WRITING_AFTER);
    else writing.hidden = true;
  },
  arrived(reply) {
    const follow = isAtEnd();
    const element = showReply({reply, later: reply.id});
    if (follow) bringIntoView([element]);
  },
});

restore();
greet();
line.run();
setInterval(() => line.listen(), LISTEN_EVERY);
document.addEventListener("visibilitychange", () => line.listen());
tabs.addEventListener("message", ({data}) => {
  forget();
  for (const reply of data) showReply({reply});
  memory.save();
});
let bottom = 0;
new ResizeObserver(([{contentRect}]) => {
  // what grows at the bottom must not cover the last words
  if (isAtEnd(contentRect.height - bottom)) scrollToEnd("instant");
  bottom = contentRect.height;
}).observe(form.parentElement);
addEventListener("beforeunload", (event) => {
  if (memory.queue.some((post) => post.text !== undefined)) event.preventDefault(); // it is not sent yet
});

/** Show again what this tab has shown before, without having it read out again. */
function restore() {
  log.setAttribute("aria-live", "off");
  for (const entry of memory.entries) {
    if (entry.reply) log.append(messages.fromAllie(entry.reply));
    else addSaid(entry);
  }
  field.value = memory.draft;
  grow();
  scrollToEnd("instant");
  setTimeout(() => log.setAttribute("aria-live", "polite"), 500);
  if (!navigator.cookieEnabled) say(words.no_cookies, "hint");
  if (matchMedia("(hover: hover) and (pointer: fine)").matches) field.focus({preventScroll: true});
}

/** Begin: at the first visit of this tab, or where a link leads into a topic (`/?start=donation`). */
function greet() {
  const address = new URL(location.href);
  const argument = address.searchParams.get("start") ?? "";
  if (argument) {
    address.searchParams.delete("start");
    history.replaceState(null, "", address);
  }
  if (argument || !(memory.entries.length || memory.queue.length)) line.send({command: "start", argument});
}

function submit() {
  const text = field.value.trim();
  if (!text) return field.focus();
  if (text.length > words.limit) return say(words.too_long, "hint");
  if (status.className === "hint") say("");
  const post = line.send({text});
  field.value = memory.draft = "";
  grow();
  if (matchMedia("(pointer: coarse)").matches) field.blur(); // the keyboard makes room for the answer
  said(post, text);
}

function press(button, content) {
  if ([...pending.values()].includes(button)) return; // pressed twice in a hurry
  const post = line.send(content);
  pending.set(post.id, button);
  button.setAttribute("aria-busy", "true");
  said(post, content.label, content.press);
}

function position(button) {
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  navigator.geolocation.getCurrentPosition(
    ({coords}) => {
      const post = line.send({location: [coords.latitude, coords.longitude]});
      pending.set(post.id, button);
      said(post, words.my_position);
    },
    () => {
      button.removeAttribute("aria-busy");
      say(words.no_position, "hint");
    },
    {timeout: 15_000, maximumAge: 300_000},
  );
}

/** Hand a friend a link that begins at `start`: by the device's own way of sharing, else by the clipboard. */
async function share(start, says) {
  const address = new URL(`/?start=${encodeURIComponent(start)}`, location.href).href;
  try {
    if (navigator.share) return await navigator.share({text: says, url: address});
    await navigator.clipboard.writeText(address);
    say(words.copied, "passing");
  } catch (error) {
    if (error.name !== "AbortError") prompt(words.copy, address); // neither is allowed here
  }
}

/** What the person said is on show at once; its answer follows. */
function said(post, text, pressed) {
  const entry = {id: post.id, text, pressed};
  memory.entries.push(entry);
  memory.save();
  bringIntoView([addSaid(entry)]);
}

function addSaid({id, text, refused, pressed}) {
  const choices = pressed === undefined ? [] : [...log.querySelectorAll(".choice")];
  choices.findLast((choice) => choice.dataset.press === pressed)?.classList.add("used");
  const element = messages.fromPerson(text, refused);
  shown.set(id, element);
  log.append(element);
  return element;
}

function showReply(entry) {
  memory.entries.push(entry);
  speak(entry.reply.language);
  const element = messages.fromAllie(entry.reply);
  log.append(element);
  return element;
}

/** Say what the page itself says in the language that the talk has gone on in. */
function speak(language) {
  if (!Object.hasOwn(spoken, language) || language === document.documentElement.lang) return;
  document.documentElement.lang = language;
  Object.assign(words, spoken[language]);
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = words[element.dataset.word];
  for (const element of document.querySelectorAll("[data-label]")) element.ariaLabel = words[element.dataset.label];
  for (const link of document.querySelectorAll(".language")) link.hidden = link.lang === language;
  field.placeholder = words.example;
}

/**
 * The answer to `post` is on show. After a press the keyboard goes on from the answer: one Tab further are its buttons.
 * Somebody who has begun to type meanwhile is left alone.
 */
function settle(post, replies) {
  const button = pending.get(post.id);
  pending.delete(post.id);
  button?.removeAttribute("aria-busy");
  const asked = shown.get(post.id);
  const keepsQuestion = asked && replies.length && asked.offsetHeight < innerHeight / 4;
  bringIntoView(keepsQuestion ? [asked] : replies);
  const idle = document.activeElement === button || document.activeElement === document.body;
  if (button && idle && replies.length) replies[0].focus({preventScroll: true});
}

/** The person has had everything erased: this page forgets as well, all but the answer that says so. */
function forget() {
  memory.erase();
  shown.clear();
  pending.clear();
  log.replaceChildren();
  field.value = memory.draft = "";
  grow();
}

function say(text, kind = "") {
  clearTimeout(noticeLeaves);
  if (kind === "passing") noticeLeaves = setTimeout(() => say(""), NOTICE_STAYS);
  status.className = kind;
  status.textContent = text;
}

function reveal(element) {
  const follow = isAtEnd();
  element.hidden = false;
  if (follow) scrollToEnd();
}

function isAtEnd(grown = 0) {
  const {scrollHeight, clientHeight, scrollTop} = document.documentElement;
  return scrollHeight - clientHeight - scrollTop - grown < CLOSE_TO_THE_END;
}

function scrollToEnd(behavior = "auto") {
  scrollTo({top: document.documentElement.scrollHeight, behavior});
}

/** Scroll to the end of `elements`, but never past the beginning of the first: a long answer is read from its top. */
function bringIntoView(elements) {
  if (!elements.length) return;
  const top = elements[0].getBoundingClientRect().top + scrollY - 8 - covered();
  scrollTo({top: Math.min(top, document.documentElement.scrollHeight)});
}

/** How much of the top the header covers: where little fits it scrolls away with the rest. */
function covered() {
  return getComputedStyle(header).position === "sticky" ? header.offsetHeight : 0;
}

/** Fit the field to its words, in the browsers whose style sheets cannot. */
function grow() {
  if (CSS.supports("field-sizing", "content")) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  submit();
});
field.addEventListener("input", () => {
  memory.draft = field.value;
  grow();
});
privacy.addEventListener("click", () => press(privacy, {press: privacy.dataset.press, label: privacy.ariaLabel}));
menu.addEventListener("click", ({target}) => {
  const item = target.closest("button");
  if (!item) return;
  menu.open = false;
  press(item, {press: item.dataset.press, label: item.textContent});
});
menu.addEventListener("keydown", ({key}) => {
  if (key !== "Escape" || !menu.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
addEventListener("click", ({target}) => {
  if (!menu.contains(target)) menu.open = false;
});
