// Command: an AWS CLI command that is graded by what it says, in whatever order it is typed; the model is
// quiz/grading/commands/comparing.py. An answer is a text. See index.js.
//
// A command has parts: its operation, each option, and its arguments together. A part that is missing, wrong or
// too much costs its worth, a slip in a name half of that. Another operation or service is worth nothing.

import { letters, nearest } from "../likeness.js";
import { parse, slip, Unreadable } from "./command-parsing.js";
import { brokenJson, same } from "./command-values.js";
import { ratingOfFaults } from "./ratings.js";
import { PLACEHOLDER } from "./shell.js";

const SLIP = 0.5;
const LONGEST_SHOWN = 120;
const LIKELY = 0.75;
const SLIPS = 2;
// Real services that are a letter or two away from one another.
const SHORT_SERVICES = new Set(
  "ce dlm dms ds ec2 ecr ecs efs eks elb emr fis iam iot kms rds s3 ses sns sqs ssm sso sts swf waf".split(" "),
);
// What holds anyway: who writes it says nothing more.
const DEFAULTS = {
  "ecs list-tasks --desired-status": "RUNNING",
  "ecs run-task --count": "1",
  "ecs stop-service-deployment --stop-type": "ROLLBACK",
  "ecs describe-services --cluster": "default",
  "ecs list-task-definitions --status": "ACTIVE",
  "ecs list-task-definitions --sort": "ASC",
};

export const base = () => [];

/** A shell would not run what it cannot read, so it is no answer yet. */
export function complaint(item, answer) {
  return String(answer ?? "").trim() ? slip(answer) : "Type the command.";
}

export function judge(item, answer, shown, { terms }) {
  if (answer === null) return { answer: "", score: 0, suggested: 1, verdicts: [], remarks: [] };
  const { score, differences } = gradeCommand(answer, item.answers, terms.operations);
  const suggested = ratingOfFaults(differences.length, score === 0);
  return { answer, score, suggested, verdicts: [{ right: !differences.length }], remarks: differences };
}

/** The service, then the operation, then the names of the options. */
export function hints(item) {
  const { service, name, options, shared } = parse(item.answers[0]);
  const steps = [`It begins with aws ${service}.`, `It begins with aws ${name}.`];
  const names = [...options.keys(), ...shared.keys()].join(", ");
  return (names ? [...steps, `Its options are ${names}.`] : steps).map((text) => ({ text }));
}

/** The grade by the model that the command comes nearest to: {score, differences}. */
export function gradeCommand(typed, models, known = new Set()) {
  let answer;
  try {
    answer = parse(typed);
  } catch (error) {
    if (error instanceof Unreadable) return { score: 0, differences: [error.message] };
    throw error;
  }
  const grades = models.map((model) => against(answer, parse(model), known));
  const better = (one, other) =>
    other.score > one.score || (other.score === one.score && other.differences.length < one.differences.length);
  return grades.reduce((best, grade) => (better(best, grade) ? grade : best));
}

const fault = (text, cost = 1) => ({ text, cost });

function against(given, model, known) {
  const named = nameFault(given, model, known);
  if (named?.cost > SLIP) return { score: 0, differences: [named.text] };
  const typed = withFlagsOf(given, model);
  const faults = [
    ...(named ? [named] : []),
    ...optionFaults(typed.options, model.options, model.name),
    ...sharedFaults(typed.shared, model.shared),
    ...argumentFaults(typed.arguments, model.arguments),
  ];
  if (typed.more) faults.push(fault("There is more than one command; only the first was read.", SLIP));
  const parts = 1 + model.options.size + model.shared.size + (model.arguments.length ? 1 : 0);
  const right = Math.max(0, parts - faults.reduce((sum, { cost }) => sum + cost, 0));
  return { score: Math.round((right / parts) * 1e4) / 1e4, differences: faults.map(({ text }) => text) };
}

/** What is wrong with service and operation; it costs SLIP where they are the right ones, misspelt. */
function nameFault(typed, model, known) {
  const names = [...known].map((name) => name.split(" "));
  const services = new Set(names.map(([service]) => service));
  const operations = new Set(names.filter(([service]) => service === model.service).map(([, operation]) => operation));
  const slips = [];
  if (typed.service !== model.service) {
    if (!isSlipOfService(typed.service, model.service, services)) {
      return fault(`The service is ${model.service}, not ${typed.service}.`);
    }
    slips.push(`${typed.service}: did you mean ${model.service}?`);
  }
  if (typed.operation !== model.operation) {
    if (!isSlipOfOperation(typed.operation, model.operation, operations)) {
      return fault(otherOperation(typed.operation, model.operation, operations));
    }
    slips.push(`${typed.operation}: did you mean ${model.operation}?`);
  }
  if (slips.length > 1) return fault(`This should begin with aws ${model.name}.`);
  return slips.length ? fault(slips[0], SLIP) : null;
}

function otherOperation(typed, right, known) {
  const others = [...known].filter((name) => name !== right);
  const meant = known.has(typed) ? "" : nearest(typed, others, LIKELY);
  const asked = `The operation is ${right}, not ${meant || typed}.`;
  return meant ? `${typed}: did you mean ${meant}? ${asked}` : asked;
}

/** Whether `typed` is no service, and `right` but for one letter. */
function isSlipOfService(typed, right, known) {
  return !known.has(typed) && !SHORT_SERVICES.has(typed) && letters(typed, right) === 1;
}

/** Whether `typed` is no operation, and `right` but for a letter or two beyond its verb. */
function isSlipOfOperation(typed, right, known) {
  if (known.has(typed) || typed === right) return false;
  const [[verb, rest], [rightVerb, rightRest]] = [typed, right].map((name) => {
    const at = name.indexOf("-");
    return at < 0 ? [name, ""] : [name.slice(0, at), name.slice(at + 1)];
  });
  if (verb === rightVerb) {
    return Math.min(rest.length, rightRest.length) > SLIPS && letters(rest, rightRest) <= SLIPS;
  }
  // A verb with two letters exchanged, as in `lsit-tasks`, is no other verb.
  const sorted = (word) => [...word].sort().join("");
  return rest === rightRest && sorted(verb) === sorted(rightVerb) && letters(verb, rightVerb) <= 1;
}

/** A word after a flag is no value of it but an argument; which options are flags, the model tells. */
function withFlagsOf(typed, model) {
  const isFlag = (name) => model.options.get(name)?.length === 0;
  const entries = [...typed.options];
  const strays = entries.flatMap(([name, values]) => (isFlag(name) ? values : []));
  const options = new Map(entries.map(([name, values]) => [name, isFlag(name) ? [] : values]));
  return { ...typed, arguments: [...typed.arguments, ...strays], options };
}

function optionFaults(given, wanted, operation) {
  const faults = [];
  const missing = [...wanted.keys()].filter((name) => !given.has(name));
  for (const [name, values] of given) {
    if (wanted.has(name)) continue;
    const near = meant(name, missing);
    if (near) {
      faults.push(unknown(name, near));
      missing.splice(missing.indexOf(near), 1);
      if (!same(values, wanted.get(near), near)) faults.push(wrongValue(near, values, wanted.get(near)));
    } else if (values.length !== 1 || values[0] !== DEFAULTS[`${operation} ${name}`]) {
      faults.push(fault(`${shownOption(name, values)} is too much.`));
    }
  }
  for (const name of missing) faults.push(fault(`${shownOption(name, wanted.get(name))} is missing.`));
  for (const [name, values] of wanted) {
    if (given.has(name) && !same(given.get(name), values, name)) faults.push(wrongValue(name, given.get(name), values));
  }
  return faults;
}

/** What is wrong with an option that is a missing one, misspelt or cut short. */
function unknown(name, near) {
  if (!near.startsWith(name)) return fault(`The option is ${near}, not ${name}.`, SLIP);
  // The CLI completes what is unique, and AWS advises against relying on it.
  return fault(`Write ${near} in full: ${name} fails as soon as another option begins so.`, SLIP);
}

/** The missing option that is meant, or nothing. */
function meant(name, missing) {
  const begun = missing.filter((other) => other.startsWith(name));
  if (begun.length === 1) return begun[0];
  const opposite = (other) => name.startsWith("--no-") !== other.startsWith("--no-");
  return nearest(name, missing.filter((other) => !opposite(other)), LIKELY);
}

function wrongValue(name, given, wanted) {
  const broken = brokenJson(given);
  if (broken) return fault(`${name}: ${broken}`);
  const wrong = inWords(given);
  return fault(wrong ? `${name} should be ${inWords(wanted)}, not ${wrong}.` : `${name} needs a value.`);
}

/** Options of every command count only where the model has them, for then they are asked for. */
function sharedFaults(given, wanted) {
  const bare = (values) => values.join("").replace(/\s+/g, "");
  return [...wanted].flatMap(([name, values]) => {
    if (!given.has(name)) return [fault(`${shownOption(name, values)} is missing.`)];
    return bare(given.get(name)) === bare(values) ? [] : [wrongValue(name, given.get(name), values)];
  });
}

function argumentFaults(typed, model) {
  if (typed.length === model.length && typed.every((one, at) => same([one], [model[at]]))) return [];
  const [wanted, given] = [inWords(model), inWords(typed)];
  if (!wanted) return [fault(`${given} is too much.`)];
  return [fault(`After the operation comes ${wanted}${given ? `, not ${given}.` : "."}`)];
}

const shownOption = (name, values) => `${name} ${inWords(values)}`.trim();

function inWords(values) {
  const text = [...values.join(" ").replaceAll(PLACEHOLDER, "...")];
  return text.length <= LONGEST_SHOWN ? text.join("") : `${text.slice(0, LONGEST_SHOWN).join("")}...`;
}
