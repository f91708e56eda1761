// Ordering: steps to be put in order. An answer is a list of the places shown, in the order chosen. See index.js.

import { ratingOfShare } from "./ratings.js";

export const base = ({ answers }) => answers.map((_, index) => ({ name: "answers", index }));

export function complaint(item, answer, shown) {
  const all = Array.isArray(answer) && [...answer].sort((a, b) => a - b).join() === shown.map((_, at) => at).join();
  return all ? "" : "Put each step in one place.";
}

/**
 * The score is Kendall's tau, not below 0: of all pairs of steps, the share in the right order less the share in
 * the wrong one. So chance scores 0.
 */
export function judge(item, answer, shown) {
  const right = taken(item.answers, shown.map(({ text }) => text));
  if (answer === null) return { answer: "", score: 0, suggested: 1, verdicts: [], right, remarks: [] };
  const places = taken(answer.map((place) => shown[place].text), item.answers);
  const score = tau(places);
  const astray = outOfPlace(places);
  const named = astray.map((at) => answer[at] + 1);
  return {
    answer: answer.map((place) => shown[place].text).join("\n"),
    score,
    suggested: ratingOfShare(score),
    verdicts: answer.map((place, at) => ({ place, right: !astray.includes(at), belongs: places[at] })),
    right,
    remarks: named.length ? [`Out of place: ${named.join(", ")}.`] : [],
  };
}

function tau(places) {
  let [sum, pairs] = [0, 0];
  places.forEach((one, at) => {
    for (const other of places.slice(at + 1)) {
      sum += one < other ? 1 : -1;
      pairs += 1;
    }
  });
  return pairs ? Math.max(0, sum / pairs) : 1;
}

export function hints(item, shown) {
  const ends = [item.answers[0], item.answers.at(-1)];
  const [first, last] = ends.map((text) => shown.findIndex((one) => one.text === text));
  const steps = [{ text: `It begins with ${first + 1}.` }, { text: `It ends with ${last + 1}.` }];
  return shown.length > 3 ? steps : steps.slice(0, 1);
}

/** For each of `steps` its place in `all`; steps of the same words take their places as they come. */
function taken(steps, all) {
  const free = all.map((_, place) => place);
  return steps.map((text) => {
    const place = free.find((one) => all[one] === text);
    free.splice(free.indexOf(place), 1);
    return place;
  });
}

/** The fewest that one has to move, by index: those outside the longest run of rising places. */
function outOfPlace(places) {
  const longest = (runs) => runs.reduce((best, run) => (run.length > best.length ? run : best));
  const runs = [[]];
  places.forEach((place, at) => {
    runs.push([...longest(runs.filter((run) => !run.length || places[run.at(-1)] < place)), at]);
  });
  const kept = longest(runs);
  return places.map((_, at) => at).filter((at) => !kept.includes(at));
}
