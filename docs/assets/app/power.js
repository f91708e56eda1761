// Powers that are the same in every browser, and in Python: `Math.pow` may differ in its last bits from one to
// the next. Here x ** y = exp(y log x) is worked out with twice the digits, each number as an unevaluated sum of
// two (T. J. Dekker, "A floating-point technique for extending the available precision", 1971), and rounded once.
// No DOM.
//
// power(x, y) -> x ** y

const SPLITTER = 2 ** 27 + 1;
const [LN2, LN2_REST] = [0.6931471805599453, 2.3190468138462996e-17];
const HALVINGS = 8;
const TERMS = 11;
const MOST = 700; // beyond e ** 700 there is hardly a number left to be exact about

export function power(x, y) {
  if (!(x > 0 && Number.isFinite(x)) || !Number.isFinite(y)) return Math.pow(x, y);
  const exponent = times(logarithm(x), [y, 0]);
  return Math.abs(exponent[0]) > MOST ? Math.pow(x, y) : exponential(exponent)[0];
}

/** One Newton step from the usual logarithm: log x = l + (x / e ** l - 1), as the step is tiny. */
function logarithm(x) {
  const near = Math.log(x);
  const ratio = times(exponential([-near, 0]), [x, 0]);
  return sum(near, ratio[0] - 1 + ratio[1]);
}

/** 2 ** k e ** r, with r halved until few terms of the series are enough. */
function exponential([high, low]) {
  const k = Math.round(high / LN2);
  const whole = times([LN2, LN2_REST], [-k, 0]);
  const rest = plus(whole, [high, low]).map((part) => part / 2 ** HALVINGS);
  let series = [0, 0]; // e ** r - 1, for the digits that a 1 would crowd out
  for (let n = TERMS; n > 0; n--) series = times(over(rest, n), plus(series, [1, 0]));
  for (let n = 0; n < HALVINGS; n++) series = times(series, plus(series, [2, 0]));
  return plus(series, [1, 0]).map((part) => part * 2 ** k);
}

function sum(a, b) {
  const high = a + b;
  const part = high - a;
  return [high, a - (high - part) + (b - part)];
}

function product(a, b) {
  const high = a * b;
  const [a1, b1] = [a * SPLITTER - (a * SPLITTER - a), b * SPLITTER - (b * SPLITTER - b)];
  const [a2, b2] = [a - a1, b - b1];
  return [high, a1 * b1 - high + a1 * b2 + a2 * b1 + a2 * b2];
}

function plus(a, b) {
  const [high, low] = sum(a[0], b[0]);
  return sum(high, low + a[1] + b[1]);
}

function times(a, b) {
  const [high, low] = product(a[0], b[0]);
  return sum(high, low + a[0] * b[1] + a[1] * b[0]);
}

function over(a, n) {
  const high = a[0] / n;
  const [back, rest] = product(high, n);
  return sum(high, (a[0] - back - rest + a[1]) / n);
}
