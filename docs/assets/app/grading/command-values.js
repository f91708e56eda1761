// Values of AWS CLI options in one form, however they are written: JSON, shorthand, ARN or name; the model is
// quiz/grading/commands/values.py. No DOM.
//
// same(typed, model, option?) -> whether two values, lists of words, say the same
// brokenJson(words) -> words for the learner where a value's JSON cannot be read, or ""

import { PLACEHOLDER } from "./shell.js";

const DEEPEST = 12;
const ORDERED = ["command", "entrypoint", "placementstrategy"]; // all other lists are sets
const NUMBER = /^-?(0|[1-9]\d{0,14})(\.\d{1,15})?$/;
const NAMING = /(tag|version|name|id|ids|names|versions)$/i; // words, even where they look like numbers

export function same(typed, model, option = "") {
  try {
    return matches(valueOf(typed), valueOf(model), option);
  } catch (error) {
    if (error instanceof RangeError) return false; // nested deeper than any value of AWS
    throw error;
  }
}

export function brokenJson(words) {
  const looksLike = /^\s*(\{\s*["}]|\[\s*[[{"\]])/;
  return words.some((word) => looksLike.test(word) && json(word) === undefined) ? "Its JSON cannot be read." : "";
}

function json(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A list for several words, else one value. The words of a shorthand list are its members. */
function valueOf(words) {
  const values = words.map(wordValue);
  return values.length === 1 ? values[0] : values;
}

function wordValue(word) {
  const text = word.trim();
  const read = /^[{[]/.test(text) ? json(text) : undefined;
  return read !== undefined ? plain(read) : (shorthand(text) ?? scalar(text));
}

function plain(value) {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null) return "None";
  if (typeof value === "object") return new Map(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
  return scalar(String(value));
}

function scalar(text) {
  const folded = text.replace(/^["']+|["']+$/g, "");
  if (/^(true|false)$/i.test(folded)) return folded.toLowerCase();
  return folded.replace(/^(fileb?:\/\/)(\.\/)+/, "$1");
}

/** `a=b,c=[d,e],f={g=h}` as a structure; null where the text is none. */
function shorthand(text) {
  if (!text.includes("=")) return null;
  const reader = new Shorthand(text);
  const found = reader.structure(0);
  return found && reader.at === text.length ? found : null;
}

/** Reads the shorthand syntax of the AWS CLI from left to right. */
class Shorthand {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  is(mark) {
    return this.text[this.at] === mark;
  }

  structure(depth) {
    const found = new Map();
    for (;;) {
      const end = this.text.indexOf("=", this.at);
      const key = end >= 0 ? this.text.slice(this.at, end).trim() : "";
      if (!/^[\p{L}\p{N}]+$/u.test(key.replace(/[-_:]/g, ""))) return null;
      this.at = end + 1;
      found.set(key, this.value(depth));
      if (!this.is(",")) return found;
      this.at += 1;
    }
  }

  value(depth) {
    if (depth < DEEPEST && this.is("[")) return this.bracketed(depth);
    if (depth < DEEPEST && this.is("{")) {
      this.at += 1;
      const inner = this.structure(depth + 1);
      this.close("}");
      return inner ?? "";
    }
    const values = [this.literal()];
    // `Values=a,b` is a list: a comma that no key follows.
    while (this.is(",") && !this.keyFollows()) {
      this.at += 1;
      values.push(this.literal());
    }
    return values.length === 1 ? values[0] : values;
  }

  bracketed(depth) {
    this.at += 1;
    const values = [];
    while (this.at < this.text.length && !this.is("]")) {
      values.push(this.member(depth));
      if (this.is(",")) this.at += 1;
    }
    this.close("]");
    return values;
  }

  member(depth) {
    if (this.is("[") || this.is("{")) return this.value(depth + 1);
    const literal = this.literal();
    if (!literal && this.at < this.text.length && !this.is(",") && !this.is("]")) this.break();
    return literal;
  }

  literal() {
    const start = this.at;
    if (this.is("'") || this.is('"')) {
      const end = this.text.indexOf(this.text[start], start + 1);
      if (end > 0) {
        this.at = end + 1;
        return scalar(this.text.slice(start + 1, end));
      }
    }
    while (this.at < this.text.length && !",]}".includes(this.text[this.at])) this.at += 1;
    return scalar(this.text.slice(start, this.at));
  }

  keyFollows() {
    const rest = this.text.slice(this.at + 1);
    const [comma, equals] = [rest.indexOf(","), rest.indexOf("=")];
    return equals >= 0 && (comma < 0 || equals < comma);
  }

  close(mark) {
    if (this.is(mark)) this.at += 1;
    else this.break();
  }

  /** Go beyond the end: what has a bracket too many or too few is no structure. */
  break() {
    this.at = this.text.length + 1;
  }
}

function matches(typed, model, field) {
  if (Array.isArray(model) || Array.isArray(typed)) {
    const ordered = ORDERED.includes(field.replaceAll("-", "").toLowerCase());
    return (ordered ? sameSequence : sameMembers)([typed].flat(), [model].flat(), field);
  }
  if (model instanceof Map && typed instanceof Map) {
    const same_ = ([key, value]) => typed.has(key) && matches(typed.get(key), value, key);
    return typed.size === model.size && [...model].every(same_);
  }
  if (typed instanceof Map) return model === PLACEHOLDER;
  return !(model instanceof Map) && sameScalar(typed, model, field);
}

function sameSequence(typed, model, field) {
  return typed.length === model.length && typed.every((one, at) => matches(one, model[at], field));
}

function sameMembers(typed, model, field) {
  if (typed.length !== model.length) return false;
  const left = [...typed];
  // What fits anything chooses last.
  const open = (member) => (JSON.stringify(unwrapped(member)).includes(PLACEHOLDER) ? 1 : 0);
  for (const wanted of [...model].sort((one, other) => open(one) - open(other))) {
    const found = left.findIndex((value) => matches(value, wanted, field));
    if (found < 0) return false;
    left.splice(found, 1);
  }
  return true;
}

function unwrapped(value) {
  if (typeof value === "string") return value;
  return [...value].map(unwrapped); // the pairs of a Map, or the members of a list
}

function sameScalar(typed, model, field) {
  if (model.includes(PLACEHOLDER)) return fits(typed, model.split(new RegExp(`(?:${PLACEHOLDER})+`)));
  return (!NAMING.test(field) && numberOf(typed) === numberOf(model)) || sameName(typed, model);
}

/** Whether the parts stand in the text in this order, something between each two, and nothing else. */
function fits(typed, parts) {
  const [first, last] = [parts[0], parts.at(-1)];
  if (!typed.startsWith(first)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = typed.indexOf(part, at + 1);
    if (found < 0) return false;
    at = found + part.length;
  }
  return typed.endsWith(last) && typed.length - last.length > at;
}

/** A number without needless decimals; any other text as it is. Leading zeros stay: those are of ids. */
function numberOf(text) {
  return text.includes(".") && NUMBER.test(text) ? text.replace(/0+$/, "").replace(/\.$/, "") : text;
}

function sameName(typed, model) {
  if (typed === model) return true;
  if (typed.startsWith("arn:") === model.startsWith("arn:")) return false;
  const [arn, name] = typed.startsWith("arn:") ? [typed, model] : [model, typed];
  // After partition, service, Region and account comes `name`, `type/name` or `type:name`.
  const fields = arn.split(":");
  const resource = fields.length > 5 ? fields.slice(5).join(":") : fields.at(-1);
  const [kind] = resource.split(":", 1);
  const rest = resource.slice(kind.length + 1);
  return name !== "" && (resource === name || resource.endsWith(`/${name}`) || (!kind.includes("/") && rest === name));
}
