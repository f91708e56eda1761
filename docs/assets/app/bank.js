// The bank's data files as questions and items. No DOM.
//
// openBank(base, read?) -> Promise<Bank>; `base` is the address of the data folder, with a slash at its end;
//   `read(address) -> Promise<value>` fetches JSON unless another is given.
// Bank: { slug, title, fingerprint, levels, topics, terms, load(levels?) -> Promise<{questions, items}> }
//   levels: [{slug, title, items, questions, kinds: {kind: n}, topics: {topic: n}}]; topics: [{slug, title}]
//   terms, from the first load on: {term(text) -> {name, meaning, forms} | null, isTermWord(word), operations:
//     Set<"ecs list-tasks">}
//   questions: Map<number, {number, prompt, level, topics, page, lab, points: [{text, html, weight, terms}],
//     mistakes: [{wrong, right}] as HTML, html: {prompt}}>
//   items: [{id, question, kind, stem, answers, distractors, prompts, explanation, section, difficulty, level,
//     topics, solution (of a cloze), html: {stem, answers[], distractors[], prompts[], explanation, solution}}]
// readItems(file) and readTerms(file) make the same of the content of one file.

import { blockHtml, codeHtml, GAP, lineHtml } from "./fragments.js";

export const FORMAT = "ecsquiz items";
export const VERSION = 1;

export async function openBank(base, read = readJson) {
  const described = await read(base + "bank.json");
  if (described.format !== FORMAT || described.version !== VERSION) {
    throw new Error("The questions are from another version of this site. Load the page again.");
  }
  const files = new Map();
  const once = (file, make) => {
    if (!files.has(file)) {
      const reading = read(base + file).then(make);
      files.set(file, reading);
      reading.catch(() => files.delete(file)); // so that the next try asks again
    }
    return files.get(file);
  };
  const bank = { ...described, terms: null, load };
  async function load(levels = null) {
    const wanted = described.levels.filter(({ slug }) => !levels || levels.includes(slug));
    const reading = [once(described.terms, readTerms), ...wanted.map(({ file }) => once(file, readItems))];
    const [terms, ...found] = await Promise.all(reading);
    bank.terms = terms;
    return {
      questions: new Map(found.flatMap(({ questions }) => [...questions])),
      items: found.flatMap(({ items }) => items),
    };
  }
  return bank;
}

async function readJson(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`The questions could not be loaded (${answer.status}).`);
  return answer.json();
}

export function readItems(file) {
  const questions = new Map(
    Object.entries(file.questions).map(([number, question]) => [
      Number(number),
      readQuestion(Number(number), question),
    ]),
  );
  return { questions, items: file.items.map((item) => readItem(item, questions)) };
}

function readQuestion(number, stored) {
  const { points = [], weights = [], mistakes = [], topics = [], lab = null, html = {} } = stored;
  const wrongsAndRights = filled(html.mistakes, mistakes.flat(), lineHtml);
  const pointHtml = filled(html.points, points, lineHtml);
  return {
    number,
    prompt: stored.prompt,
    level: stored.level,
    topics,
    page: stored.page,
    lab,
    points: points.map((text, index) => ({
      text: text.replaceAll("**", ""),
      terms: [...text.matchAll(/\*\*(.+?)\*\*/g)].map(([, term]) => term.replaceAll("`", "")),
      html: pointHtml[index],
      weight: weights[index] ?? 1,
    })),
    mistakes: mistakes.map((_, index) => ({
      wrong: wrongsAndRights[2 * index],
      right: wrongsAndRights[2 * index + 1],
    })),
    html: { prompt: filled(html.prompt, [stored.prompt], lineHtml)[0] },
  };
}

function readItem(stored, questions) {
  const { answers = [], distractors = [], prompts = [], explanation = "", section = "", html = {} } = stored;
  const [number, kind] = stored.id.split("/", 2);
  const question = Number(number);
  const solution = kind === "cloze" ? (stored.solution ?? filledGap(stored.stem, answers[0])) : undefined;
  const answerHtml = { command: (text) => codeHtml(joined(text)), recall: blockHtml }[kind] ?? lineHtml;
  const { level, topics } = questions.get(question);
  return {
    id: stored.id,
    question,
    kind,
    stem: stored.stem,
    answers,
    distractors,
    prompts,
    explanation,
    section,
    difficulty: stored.difficulty,
    level,
    topics,
    solution,
    html: {
      stem: filled(html.stem, [stored.stem], blockHtml)[0],
      answers: filled(html.answers, answers, answerHtml),
      distractors: filled(html.distractors, distractors, lineHtml),
      prompts: filled(html.prompts, prompts, lineHtml),
      explanation: filled(html.explanation, [explanation], blockHtml)[0],
      solution: solution === undefined ? undefined : lineHtml(solution),
    },
  };
}

/** The HTML that is sent, and where none is, what the rules make of the text. */
const filled = (sent, texts, rule) => texts.map((text, index) => sent?.[index] ?? rule(text));

const filledGap = (stem, answer) => stem.split("\n\n").at(-1).replaceAll(GAP, `**${answer}**`);

/** A command in one line, for reading. */
export const joined = (command) => command.replace(/ *\\\n */g, " ");

export function readTerms(file) {
  const folded = (text) => text.replaceAll("`", "").toLowerCase().split(/\s+/).filter(Boolean).join(" ");
  const byForm = new Map();
  const all = file.terms.map(({ name, meaning, aliases }) => ({ name, meaning, forms: [name, ...aliases] }));
  for (const term of all) for (const form of term.forms.slice(1)) byForm.set(key(form), term);
  for (const term of all) byForm.set(key(term.name), term); // a name outweighs another term's alias
  const words = new Set([...byForm.keys()].flatMap((form) => form.match(/\p{L}+/gu) ?? []));
  function key(text) {
    return folded(text).replace(/\.+$/, "");
  }
  return {
    term: (text) => byForm.get(key(text)) ?? null,
    isTermWord: (word) => words.has(word),
    operations: new Set(file.operations),
  };
}
