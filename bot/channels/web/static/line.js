/**
 * The line to the server. What a person does waits here, in order and one at a time, and is posted again under the same
 * id until the server has answered it: the server does it once and gives the same answer each time.
 */

import {memory} from "./memory.js";

const TIMEOUT = 20_000;
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;
/** Refusals that will not change however often the post is repeated. */
const FINAL = new Set([400, 403, 413, 415]);

export class Line {
  /** `answered(post, answer)`, `refused(post)`, `troubled(word | "")` and `working(bool)` tell the page. */
  constructor(page) {
    this.page = page;
    this.running = false;
    this.wake = () => {};
    addEventListener("online", () => this.wake());
    document.addEventListener("visibilitychange", () => document.hidden || this.wake());
  }

  /** Take one more thing to send, and begin. */
  send(content) {
    const post = {id: newId(), ...content};
    memory.queue.push(post);
    memory.save();
    this.run();
    return post;
  }

  /** Send what waits. Does nothing while it is already being done. */
  async run() {
    if (this.running) return;
    this.running = true;
    let pause = FIRST_PAUSE;
    while (memory.queue.length) {
      this.page.working(true);
      const post = memory.queue[0];
      const result = await exchange("/api/messages", post);
      if (result.answer || result.final) {
        memory.queue.shift();
        pause = FIRST_PAUSE;
        this.page.troubled("");
        if (result.answer) this.page.answered(post, result.answer);
        else this.page.refused(post);
        memory.save();
      } else {
        this.page.working(false);
        this.page.troubled(result.word);
        await this.rest(result.after ?? pause * (0.75 + Math.random() / 2));
        pause = Math.min(pause * 2, LONGEST_PAUSE);
      }
    }
    this.running = false;
    this.page.working(false);
  }

  /** Ask for what has come meanwhile; what is shown is acknowledged, and what is not comes again. */
  async listen() {
    if (!memory.met || this.running || document.hidden) return;
    const {answer} = await exchange("/api/messages");
    if (!answer?.messages?.length) return;
    const known = new Set(memory.entries.map((entry) => entry.later));
    for (const reply of answer.messages) if (!known.has(reply.id)) this.page.arrived(reply);
    memory.save();
    await exchange("/api/delivered", {ids: answer.messages.map((reply) => reply.id)});
  }

  rest(milliseconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** One call: `{answer}`, or `{final}` where it is refused for good, or `{after?, word?}` where it is to be repeated. */
async function exchange(address, body) {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), TIMEOUT);
  try {
    const response = await fetch(address, {
      method: body ? "POST" : "GET",
      headers: {"Accept-Language": document.documentElement.lang, ...(body && {"Content-Type": "application/json"})},
      body: body && JSON.stringify(body),
      signal: deadline.signal,
      redirect: "error",
    });
    if (FINAL.has(response.status)) return {final: true};
    const answer = await response.json();
    if (response.ok) return {answer};
    const after = Number(response.headers.get("Retry-After")) * 1000;
    return {after: after || undefined, word: answer.word};
  } catch {
    return {}; // no connection, no deadline, or somebody else's page in between
  } finally {
    clearTimeout(timer);
  }
}

/** A random UUID; `crypto.randomUUID` is missing where the page is served over plain http. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
