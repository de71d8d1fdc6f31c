type Shape = { readonly [key: PropertyKey]: unknown };

/** A property that holds its value itself: getters are not called, what they do is not ours. */
export interface Slot {
  readonly holder: object;
  readonly key: PropertyKey;
  readonly value: unknown;
}

/** What {@link putMethod} has put somewhere: nothing of the objects' own. */
const put = new WeakSet<object>();

/** The own properties of an object, whatever they are called. Bundlers rename what begins with an underscore. */
export function ownSlots(holder: object): Slot[] {
  return Reflect.ownKeys(holder).flatMap((key) => {
    const descriptor = Reflect.getOwnPropertyDescriptor(holder, key);
    if (descriptor === undefined || !('value' in descriptor)) return [];
    const { value } = descriptor;
    return typeof value === 'function' && put.has(value) ? [] : [{ holder, key, value }];
  });
}

/**
 * Whether a value is an object that has these methods, its own or inherited: a function is one as well. False also for one that throws
 * when it is asked.
 */
export function hasMethods(value: unknown, ...names: readonly string[]): value is Shape {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return false;
  try {
    return names.every((name) => typeof (value as Shape)[name] === 'function');
  } catch {
    return false;
  }
}

/**
 * Puts a method on an object itself, over an inherited or own one.
 *
 * @returns whether the object has it now: it can be frozen.
 */
export function putMethod(target: object, name: string, method: object): boolean {
  put.add(method);
  const property = { value: method, writable: true, configurable: true, enumerable: false };
  try {
    return Reflect.defineProperty(target, name, property) && Reflect.get(target, name) === method;
  } catch {
    return false;
  }
}

/** Whether a slot still holds its value. */
export function isFilled({ holder, key, value }: Slot): boolean {
  try {
    return Reflect.get(holder, key) === value;
  } catch {
    return false;
  }
}

/** @returns whether the object holds the value now. */
export function fillSlot({ holder, key }: Slot, value: unknown): boolean {
  try {
    return Reflect.set(holder, key, value) && Reflect.get(holder, key) === value;
  } catch {
    return false;
  }
}
