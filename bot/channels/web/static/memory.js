/**
 * What this tab remembers, on this device only: the conversation as it was shown, what is still to be sent, what is being
 * typed. It outlives a reload and goes away with the tab, or when the person has their data erased. One write holds both
 * an answer and the end of its sending, so a reload at any moment neither loses nor repeats a message.
 */

const KEY = "allie";
const DRAFT = "allie.draft";
const MOST = 300;

class Memory {
  constructor() {
    const kept = read(KEY);
    /** What was shown: `{id, text, refused?}` from the person, `{reply, later?}` from Allié. */
    this.entries = kept?.entries ?? [];
    /** What is to be sent, in order. */
    this.queue = kept?.queue ?? [];
    /** Whether the server has answered this tab: before that, nothing can be waiting for it. */
    this.met = kept?.met ?? false;
  }

  get draft() {
    return read(DRAFT) ?? "";
  }

  set draft(text) {
    write(DRAFT, text);
  }

  /** Write everything down. Where there is no room left, the oldest pictures and files go first, then the oldest words. */
  save() {
    this.entries.splice(0, this.entries.length - MOST);
    while (!write(KEY, {entries: this.entries, queue: this.queue, met: this.met})) {
      if (!lighten(this.entries) && !this.entries.shift()) return;
    }
  }

  /** Forget everything but what is still to be sent. */
  erase() {
    this.entries = [];
    this.met = false;
    this.save();
  }
}

export const memory = new Memory();

function lighten(entries) {
  const heavy = entries.find(({reply}) => reply?.picture?.content || reply?.files?.some((file) => file.content));
  if (!heavy) return false;
  delete heavy.reply.picture?.content;
  for (const file of heavy.reply.files ?? []) delete file.content;
  return true;
}

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null; // no storage here, or not ours
  }
}

function write(key, value) {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch (error) {
    return error.name !== "QuotaExceededError"; // a browser without storage has nothing to make room in
  }
}
