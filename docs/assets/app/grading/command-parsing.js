// The text of an AWS CLI command to its service, operation and options, by the grammar of the CLI alone; the
// model is quiz/grading/commands/parsing.py. No DOM.
//
// parse(text) -> {service, operation, name, arguments: [word], options: Map(name -> [value]), shared, more};
//   throws Unreadable with words for the learner. `shared` are options of every command.
// slip(text) -> what keeps a shell from reading it at all, or ""

import { commandsOf, Unclosed } from "./shell.js";

const LONGEST = 4000;
const GLOBAL = new Set(
  (
    "--ca-bundle --cli-auto-prompt --cli-binary-format --cli-connect-timeout --cli-read-timeout --color --debug " +
    "--endpoint-url --max-items --no-cli-auto-prompt --no-cli-pager --no-color --no-paginate --no-sign-request " +
    "--no-verify-ssl --output --page-size --profile --query --region --starting-token --version"
  ).split(" "),
);
const FLAGS = new Set([...GLOBAL].filter((name) => /^--(no-.*|cli-auto-prompt|debug|version)$/.test(name)));

export class Unreadable extends Error {}

export function slip(text) {
  try {
    read(text);
    return "";
  } catch (error) {
    if (error instanceof Unreadable) return error.message;
    throw error;
  }
}

export function parse(text) {
  const found = read(text).filter(([first]) => first === "aws");
  if (!found.length) throw new Unreadable("A command begins with aws.");
  const [afterAws, before] = afterShared(found[0].slice(1));
  const [operation, between] = afterShared(afterAws.slice(1));
  const words = [...afterAws.slice(0, 1), ...operation];
  if (words.length < 2 || words[0].startsWith("-") || words[1].startsWith("-")) {
    throw new Unreadable("After aws come the service and the operation, such as aws ecs list-tasks.");
  }
  const [given, options] = split(words.slice(2));
  const entries = [...options];
  return {
    service: words[0],
    operation: words[1],
    name: `${words[0]} ${words[1]}`,
    arguments: given,
    options: new Map(entries.filter(([name]) => !GLOBAL.has(name))),
    shared: new Map([...before, ...between, ...entries.filter(([name]) => GLOBAL.has(name))]),
    more: found.length > 1,
  };
}

function read(text) {
  if ([...text].length > LONGEST) throw new Unreadable("This is too long for a command.");
  const trimmed = text.trim();
  let bare = trimmed.startsWith("$ ") ? trimmed.slice(2) : trimmed;
  // A shell would wait for one more line, and take an empty one.
  bare = bare.replace(/(?<!\\)\\$/, "");
  try {
    return commandsOf(bare);
  } catch (error) {
    if (!(error instanceof Unclosed)) throw error;
    const what = error.mark === "$(" ? "bracket" : "quote";
    throw new Unreadable(`The ${what} ${error.mark} at character ${error.place + text.indexOf(bare)} is not closed.`);
  }
}

const nameOf = (word) => word.split("=", 1)[0];

/** The words after the options of every command that stand first, and those options. */
function afterShared(words) {
  let at = 0;
  while (at < words.length && GLOBAL.has(nameOf(words[at]))) {
    at += words[at].includes("=") || FLAGS.has(words[at]) ? 1 : 2;
  }
  return [words.slice(at), split(words.slice(0, at))[1]];
}

/** Arguments and options. Of an option that is given twice the last counts, as for the CLI. */
function split(words) {
  const given = [];
  const options = new Map();
  let current = given;
  for (const word of words) {
    if (!word.startsWith("--") || word.length <= 2) {
      current.push(word);
      continue;
    }
    const name = nameOf(word);
    current = [];
    options.set(name.toLowerCase(), current);
    if (word.includes("=")) current.push(word.slice(name.length + 1));
    else if (FLAGS.has(name)) current = given;
  }
  return [given, options];
}
