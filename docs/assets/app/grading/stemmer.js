// A light stemmer for English, that of quiz/grading/stemmer.py. No DOM.
//
// stem(word) -> the stem of one lower-case word

const DERIVATIONS = [
  ["ational", 10], ["ization", 9], ["isation", 9], ["ations", 9], ["ation", 8], ["ments", 8], ["ment", 7],
  ["ities", 8], ["ally", 7], ["ness", 7], ["able", 7], ["ible", 7], ["ized", 7], ["ised", 7], ["izes", 7],
  ["ises", 7], ["ize", 6], ["ise", 6], ["ity", 6], ["ly", 5],
];

export function stem(word) {
  if (word.length <= 3 || !/^\p{L}+$/u.test(word)) return word;
  let root = withoutTense(withoutPlural(word));
  const ending = DERIVATIONS.find(([end, least]) => root.length >= least && root.endsWith(end));
  if (ending) root = root.slice(0, -ending[0].length);
  if (root.length > 4 && /[st]ion$/.test(root)) root = root.slice(0, -3);
  if (root.length > 3 && root.endsWith("e")) root = root.slice(0, -1);
  if (root.length > 2 && /[^aeiouy]y$/.test(root)) root = root.slice(0, -1) + "i";
  return root;
}

function withoutPlural(word) {
  if (word.endsWith("ies") && word.length > 4) return word.slice(0, -3) + "y";
  if (/(sses|xes|ches|shes|zes)$/.test(word)) return word.slice(0, -2);
  return /s$/.test(word) && !/(ss|us|is)$/.test(word) ? word.slice(0, -1) : word;
}

function withoutTense(word) {
  const ending = ["ied", "ing", "ed"].find((end) => word.endsWith(end));
  if (!ending) return word;
  const root = word.slice(0, -ending.length);
  if (ending === "ied") return root + "y";
  if (root.length < 3 || !/[aeiouy]/.test(root)) return word;
  return /([bdgmnprt])\1$/.test(root) ? root.slice(0, -1) : root;
}
