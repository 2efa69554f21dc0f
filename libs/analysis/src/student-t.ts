const TINY = 1e-300;
/** The same few are asked for again and again. */
const KNOWN = new Map<string, number>();

/**
 * Quantile of Student's t distribution, by bisection of its distribution function.
 *
 * @param probability above 0.5 and below 1
 * @param freedom degrees of freedom, may be fractional
 */
export function studentT(probability: number, freedom: number): number {
  const key = `${probability} ${freedom}`;
  const known = KNOWN.get(key) ?? bisected(probability, freedom);
  KNOWN.set(key, known);
  return known;
}

function bisected(probability: number, freedom: number): number {
  let low = 0;
  let high = 1;
  while (cumulative(high, freedom) < probability && high < 1e8) high *= 2;
  while (high - low > 1e-11 * high) {
    const middle = (low + high) / 2;
    if (cumulative(middle, freedom) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(T ≤ t) for t ≥ 0: 1 − ½·I(ν/(ν+t²); ν/2, ½) (Abramowitz and Stegun 26.7.1 with 26.5.27). */
function cumulative(t: number, freedom: number): number {
  return 1 - 0.5 * incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5);
}

/** Regularised incomplete beta function by its continued fraction (Abramowitz and Stegun 26.5.8, evaluated by Lentz's method). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x));
  return x < (a + 1) / (a + b + 2) ? (front * fraction(x, a, b)) / a : 1 - (front * fraction(1 - x, b, a)) / b;
}

function fraction(x: number, a: number, b: number): number {
  const kept = (value: number): number => (Math.abs(value) < TINY ? TINY : value);
  let c = 1;
  let d = 1 / kept(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m <= 300; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / kept(1 + even * d);
    c = kept(1 + even / c);
    result *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / kept(1 + odd * d);
    c = kept(1 + odd / c);
    result *= d * c;
    if (Math.abs(d * c - 1) < 1e-14) break;
  }
  return result;
}

/** Lanczos approximation with g = 7 and nine terms (Lanczos 1964, doi 10.1137/0701008; coefficients of Godfrey). */
function logGamma(z: number): number {
  const terms = [
    676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012,
    9.9843695780195716e-6, 1.5056327351493116e-7,
  ];
  const shifted = z - 1;
  const sum = terms.reduce((all, term, index) => all + term / (shifted + index + 1), 0.99999999999980993);
  const t = shifted + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(sum);
}
