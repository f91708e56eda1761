// Spans of time in words, as the terminal says them (quiz/practice/durations.py). No DOM.
//
// spoken(ms) -> "10 minutes"; short(ms) -> "10 min"; clock(seconds) -> "4:05"

const [SECOND, MINUTE, HOUR, DAY] = [1000, 60_000, 3_600_000, 86_400_000];
const [MONTH, YEAR] = [30.44 * DAY, 365.25 * DAY];
// A unit is used up to here: 80 minutes say more than 1 hour.
const UNITS = [
  [50 * SECOND, SECOND, "second"],
  [90 * MINUTE, MINUTE, "minute"],
  [36 * HOUR, HOUR, "hour"],
  [45 * DAY, DAY, "day"],
  [18 * MONTH, MONTH, "month"],
  [Infinity, YEAR, "year"],
];
const SHORT = { second: "s", seconds: "s", minute: "min", minutes: "min", hour: "h", hours: "h" };

function parts(ms) {
  const [, unit, name] = UNITS.find(([end]) => ms < end);
  const count = Math.max(1, Math.round(ms / unit));
  return [count, count === 1 ? name : `${name}s`];
}

export const spoken = (ms) => parts(ms).join(" ");

export function short(ms) {
  const [count, name] = parts(ms);
  return `${count} ${SHORT[name] ?? name}`;
}

export function clock(seconds) {
  const whole = Math.ceil(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
