/** Where an observable instrument reports to when it is collected. */
export interface ObservableResult {
  observe(value: number, attributes?: { [key: string]: string }): void;
}

/** An instrument that is read when it is collected. */
export interface ObservableCounter {
  addCallback(callback: (result: ObservableResult) => void): void;
}

/** As much of @opentelemetry/api's Meter as is used here. */
export interface Meter {
  createObservableCounter(name: string, options?: { description?: string; unit?: string }): ObservableCounter;
}

/** As much of @opentelemetry/api's MeterProvider as is used here; every 1.x API has it. */
export interface MeterProvider {
  getMeter(name: string, version?: string): Meter;
}
