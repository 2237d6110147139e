/**
 * Holds log lines against every secret that the tests used or received. A secret of eight characters or more is found
 * anywhere in a line, also as JSON or a URL would spell it; one of small letters alone, which is a word too, as a whole
 * JSON string; a six-digit code where it stands alone. What looks like a secret is one as well, whoever made it.
 */
const GRAM = 8;
const BASE = 0x01000193;
/** BASE^GRAM: what the character that leaves the window counted. */
const LEAVING = Array.from({ length: GRAM }).reduce((power) => Math.imul(power, BASE), 1);

/** `user:password@` stands in what we say a URL should look like. */
const LOOKS = [
  ['a token', /eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{20,}/],
  ['a password hash', /\$argon2|\$2[abxy]\$\d/],
  ['a URL with a password', /\w:\/\/(?!user:password@)[^\s:/@"]*:[^\s:/@"]+@/],
];
/** A client gives it, so that it is in the log. */
const REQUEST_ID = /"requestId":"[^"]*"/;
const CODE = /^\d{6}$/;
const LONE_CODE = /(?<=^|["'\s(=])\d{6}(?=$|["'\s).,;])/g;
const WORD = /^[a-z_]+$/;
/** A name of a member is none. */
const QUOTED_WORD = /"([a-z_]{8,})"(?!:)/g;

/** How a secret may be spelled in a line. */
const spellings = (secret) => {
  const all = [secret, JSON.stringify(secret).slice(1, -1)];
  if (secret.isWellFormed?.() ?? true) all.push(encodeURIComponent(secret));
  return [...new Set(all)];
};

class Secrets {
  constructor(secrets) {
    this.codes = new Set();
    this.words = new Set();
    /** Secrets by their last characters: tokens all begin alike. */
    this.byEnd = new Map();
    /** Which hashes of ends there are: most positions of most lines go no further. */
    this.hashes = new Uint8Array(1 << 24);
    this.size = 0;
    for (const secret of new Set(secrets)) this.add(secret);
  }

  add(secret) {
    if (CODE.test(secret)) this.codes.add(secret);
    else if (secret.trim().length < GRAM) return;
    else if (WORD.test(secret)) this.words.add(secret);
    else {
      for (const spelled of spellings(secret)) {
        const end = spelled.slice(-GRAM);
        this.hashes[hashOf(end) >>> 8] = 1;
        this.byEnd.set(end, [...(this.byEnd.get(end) ?? []), spelled]);
      }
    }
    this.size++;
  }

  /** What the line gives away, in words that do not; undefined where it is clean. */
  in(line) {
    for (const [what, pattern] of LOOKS) if (pattern.test(line)) return what;
    for (const [code] of line.matchAll(LONE_CODE)) if (this.codes.has(code)) return 'a code';
    for (const [, word] of line.matchAll(QUOTED_WORD)) if (this.words.has(word)) return `the value ${word}`;
    const held = this.heldBy(line);
    return held && `the value ${held}`;
  }

  /** A secret that stands anywhere in the line. */
  heldBy(line) {
    let hash = 0;
    for (let i = 0; i < line.length; i++) {
      hash = (Math.imul(hash, BASE) + line.charCodeAt(i)) | 0;
      if (i >= GRAM) hash = (hash - Math.imul(line.charCodeAt(i - GRAM), LEAVING)) | 0;
      if (i < GRAM - 1 || this.hashes[hash >>> 8] === 0) continue;
      const candidates = this.byEnd.get(line.slice(i - GRAM + 1, i + 1));
      const held = candidates?.find((secret) => line.startsWith(secret, i + 1 - secret.length));
      if (held !== undefined) return held;
    }
    return undefined;
  }
}

const hashOf = (text) => {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, BASE) + text.charCodeAt(i)) | 0;
  return hash;
};

/** Which lines hold a secret, and what it is. @param lines, secrets iterables of strings */
function scan(lines, secrets) {
  const known = new Secrets(secrets);
  const leaks = [];
  let count = 0;
  for (const line of lines) {
    if (line === '') continue;
    count++;
    const what = known.in(line.replace(REQUEST_ID, ''));
    if (what !== undefined) leaks.push({ what, line });
  }
  return { lines: count, secrets: known.size, leaks };
}

module.exports = { scan };
