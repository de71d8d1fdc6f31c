/** Loads one SDK line on first use; Node keeps it. The caller knows what a line looks like. */
export declare const requireLine: (name: string) => unknown;
