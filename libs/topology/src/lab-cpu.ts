/** 1 lab CPU is this share of a physical core (calibration.md: 10 %). */
export const CORES_PER_LAB_CPU = 0.1;
