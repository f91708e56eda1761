// How a learner wants to be scheduled; the model is quiz/practice/tuning.py. No DOM.
//
// USUAL: {retention, learning_steps, relearning_steps (minutes), fuzz (seed or null), parameters (21 or null)}
// tuningOf(settings) -> tuning: the usual one with the settings of a progress file; throws Error with words
//   for the learner where a value cannot be used
// settingsOf(tuning) -> settings: only what differs from the usual

export const USUAL = Object.freeze({
  retention: 0.9,
  learning_steps: [1, 10],
  relearning_steps: [10],
  fuzz: 0,
  parameters: null,
});

export const LEAST_RETENTION = 0.7;
export const MOST_RETENTION = 0.97;
const LONGEST_STEP = 24 * 60;
const MOST_STEPS = 10;

// The bounds of FSRS 6.
const LEAST = [
  0.001, 0.001, 0.001, 0.001, 1, 0.001, 0.001, 0.001, 0, 0, 0.001, 0.001, 0.001, 0.001, 0, 0, 1, 0, 0, 0, 0.1,
];
const MOST = [100, 100, 100, 100, 10, 4, 4, 0.75, 4.5, 0.8, 3.5, 5, 0.25, 0.9, 4, 1, 6, 2, 2, 0.8, 0.8];

export function tuningOf(settings = {}) {
  const unknown = Object.keys(settings).filter((name) => !Object.hasOwn(USUAL, name));
  if (unknown.length) throw new Error(`There is no setting "${unknown.sort()[0].slice(0, 40)}".`);
  const tuning = { ...USUAL, ...settings };
  if (!isNumber(tuning.retention) || tuning.retention < LEAST_RETENTION || tuning.retention > MOST_RETENTION) {
    throw new Error(`The retention must be from ${LEAST_RETENTION} to ${MOST_RETENTION}; 0.9 suits most.`);
  }
  for (const steps of [tuning.learning_steps, tuning.relearning_steps]) {
    if (!isNumbers(steps) || steps.length > MOST_STEPS || !steps.every((step) => step > 0 && step <= LONGEST_STEP)) {
      throw new Error(`Steps must be at most ${MOST_STEPS} numbers of minutes, each up to a day, such as 1, 10.`);
    }
  }
  if (tuning.fuzz !== null && !Number.isSafeInteger(tuning.fuzz)) {
    throw new Error("The seed of the fuzz must be a whole number, such as 0.");
  }
  if (tuning.parameters !== null) checkParameters(tuning.parameters);
  return tuning;
}

export function settingsOf(tuning) {
  const differs = ([name, value]) => JSON.stringify(value) !== JSON.stringify(USUAL[name]);
  return Object.fromEntries(Object.entries(tuning).filter(differs));
}

function checkParameters(parameters) {
  if (!isNumbers(parameters) || parameters.length !== LEAST.length) {
    throw new Error(`FSRS needs ${LEAST.length} parameters.`);
  }
  const wrong = parameters.findIndex((value, index) => value < LEAST[index] || value > MOST[index]);
  if (wrong >= 0) {
    throw new Error(`The FSRS parameter ${wrong + 1} must be from ${LEAST[wrong]} to ${MOST[wrong]}.`);
  }
}

const isNumber = (value) => typeof value === "number" && Number.isFinite(value);
const isNumbers = (value) => Array.isArray(value) && value.every(isNumber);
