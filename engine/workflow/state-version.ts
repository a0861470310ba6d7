/**
 * What this engine writes into promotions. Raised with every change that an older engine could misread: a new step
 * version, a new meaning of a stored field. Older engines leave promotions of a higher one alone.
 */
export const engineStateVersion = 9;
