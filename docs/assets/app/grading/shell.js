// Shell text to its commands: as much of the shell's grammar as an AWS CLI command may need; the models are
// quiz/source/lint/shell.py and shell_words.py. No DOM.
//
// commandsOf(text) -> [[word]]: the words of every simple command, unquoted; throws Unclosed
// PLACEHOLDER stands for what only the running shell would know: variables, substitutions, <angle brackets>

export const PLACEHOLDER = "PLACEHOLDER";
const STAND_IN = "$substituted";
const ENDS = "\n;|&";
const OPENERS = ["if", "then", "else", "elif", "do", "while", "until", "!", "{", "sudo", "time", "exec", "eval", "("];

export class Unclosed extends Error {
  constructor(mark, place) {
    super(`${mark} at character ${place} is not closed`);
    Object.assign(this, { mark, place });
  }
}

export const commandsOf = (text) => scanned(withoutSubstitutions(writtenWords(text).join(" ")));

/** The words as they are written, without comments and line continuations. */
function writtenWords(text) {
  const found = [];
  let word = null;
  let at = 0;
  while (at < text.length) {
    const char = text[at];
    let end = at + 1;
    if (text.startsWith("\\\n", at)) {
      end = at + 2;
    } else if (" \t\r".includes(char) || ENDS.includes(char)) {
      if (word !== null) found.push(word);
      if (ENDS.includes(char)) found.push(char);
      word = null;
    } else if (char === "#" && word === null) {
      end = lineEnd(text, at);
    } else {
      end = endOf(text, at);
      word = (word ?? "") + text.slice(at, end);
    }
    at = end;
  }
  return word === null ? found : [...found, word];
}

/** The text with a variable for each `$( )` and each pair of backquotes outside single quotes. */
function withoutSubstitutions(text) {
  const parts = [];
  let quoted = false;
  let at = 0;
  while (at < text.length) {
    let [end, part] = [at + 1, ""];
    if (text[at] === "\\" || (text[at] === "'" && !quoted)) end = endOf(text, at);
    else if (text[at] === '"') quoted = !quoted;
    else if (text.startsWith("$(", at)) [end, part] = [substitution(text, at), STAND_IN];
    else if (text[at] === "`") [end, part] = [closing(text, "`", at) + 1, STAND_IN];
    parts.push(part || text.slice(at, end));
    at = end;
  }
  return parts.join("");
}

function lineEnd(text, at) {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

/** Where what begins at `at` ends: a quoted part, a substitution, or one character. */
function endOf(text, at) {
  const char = text[at];
  if (char === "\\") {
    if (at + 1 === text.length) throw new Unclosed("\\", at + 1);
    return at + 2;
  }
  if ("'`".includes(char)) return closing(text, char, at) + 1;
  if (char === '"') return doubleQuoted(text, at);
  return text.startsWith("$(", at) ? substitution(text, at) : at + 1;
}

function closing(text, mark, at) {
  const end = text.indexOf(mark, at + 1);
  if (end < 0) throw new Unclosed(mark, at + 1);
  return end;
}

function doubleQuoted(text, start) {
  let at = start + 1;
  while (at < text.length) {
    if (text[at] === '"') return at + 1;
    if (text[at] === "\\") at += 2;
    else at = text.startsWith("$(", at) ? substitution(text, at) : at + 1;
  }
  throw new Unclosed('"', start + 1);
}

function substitution(text, start) {
  let depth = 0;
  for (let at = start + 1; at < text.length; at++) {
    depth += { "(": 1, ")": -1 }[text[at]] ?? 0;
    if (!depth) return at + 1;
  }
  throw new Unclosed("$(", start + 1);
}

/** The commands of a text without substitutions, with quotes taken off. */
function scanned(text) {
  const found = [];
  let words = [];
  let word = null;
  let at = 0;
  const add = (more) => (word = (word ?? "") + more);
  const endWord = () => {
    if (word !== null) words.push(word);
    word = null;
  };
  const endCommand = () => {
    endWord();
    while (words.length && (OPENERS.includes(words[0]) || /^[A-Za-z_][\p{L}\p{N}_]*=/u.test(words[0]))) words.shift();
    if (words.length) found.push(words);
    words = [];
  };
  const match = (pattern) => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0] ?? "";
  };
  const dollar = () => {
    const name = match(/\$(\{[^}]*\}|[\p{L}\p{N}_]+|[?!#@*$-])/uy);
    at += name.length || 1;
    return name ? PLACEHOLDER : "$";
  };
  const inDoubleQuotes = () => {
    at += 1;
    add("");
    while (at < text.length && text[at] !== '"') {
      if (text[at] === "\\" && at + 1 < text.length && '"\\$`'.includes(text[at + 1])) {
        add(text[at + 1]);
        at += 2;
      } else if (text[at] === "$") {
        add(dollar());
      } else {
        add(text[at]);
        at += 1;
      }
    }
    at += 1;
  };
  const redirection = () => {
    if (word !== null && /^\p{Nd}+$/u.test(word)) word = null;
    endWord();
    at += match(/[<>]+&?\s*(\$\{?[\p{L}\p{N}_]+\}?|[^\s;|&]*)/uy).length || 1;
  };
  while (at < text.length) {
    const char = text[at];
    const bracket = char === "<" ? match(/<[\p{L}\p{N}_ .|:/-]+>/uy) : "";
    if (char === "\\") {
      if (text[at + 1] === "\n") endWord();
      else add(text[at + 1] ?? "");
      at += 2;
    } else if (char === "'") {
      const end = closing(text, "'", at);
      add(text.slice(at + 1, end));
      at = end + 1;
    } else if (char === '"') {
      inDoubleQuotes();
    } else if (char === "$") {
      add(dollar());
    } else if (char === "#" && word === null) {
      at = lineEnd(text, at);
    } else if (bracket) {
      at += bracket.length;
      add(PLACEHOLDER);
    } else if ("<>".includes(char)) {
      redirection();
    } else if (" \t".includes(char)) {
      endWord();
      at += 1;
    } else if ("\n;|&()".includes(char)) {
      endCommand();
      at += 1;
    } else {
      add(char);
      at += 1;
    }
  }
  endCommand();
  return found;
}
