// How alike two texts are. No DOM.
//
// ratio(one, other) -> 0 to 1: twice the longest common subsequence as a share of both lengths
// letters(one, other) -> how many letters are missing, added, wrong or exchanged with a neighbour (optimal
//   string alignment, as in rapidfuzz)
// nearest(text, known, least) -> the known text most like it, if `ratio` is at least `least`; else ""

export function ratio(one, other) {
  const [a, b] = [[...one], [...other]];
  if (!a.length && !b.length) return 1;
  let row = new Uint32Array(b.length + 1);
  for (const char of a) {
    const next = new Uint32Array(b.length + 1);
    b.forEach((against, at) => (next[at + 1] = char === against ? row[at] + 1 : Math.max(row[at + 1], next[at])));
    row = next;
  }
  return (2 * row[b.length]) / (a.length + b.length);
}

export function letters(one, other) {
  const [a, b] = [[...one], [...other]];
  const rows = [Array.from({ length: b.length + 1 }, (_, at) => at)];
  a.forEach((char, i) => {
    const row = [i + 1];
    b.forEach((against, j) => {
      const same = char === against ? 0 : 1;
      let least = Math.min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + same);
      if (i && j && char === b[j - 1] && a[i - 1] === against) least = Math.min(least, rows[i - 1][j - 1] + 1);
      row.push(least);
    });
    rows.push(row);
  });
  return rows[a.length][b.length];
}

export function nearest(text, known, least) {
  let [best, found] = [least, ""];
  for (const name of [...known].sort()) {
    const like = ratio(text, name);
    if (like > best || (like === best && !found)) [best, found] = [like, name];
  }
  return found;
}
