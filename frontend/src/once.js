// What takes time is done when it is needed, and once.

/**
 * Makes something when it is first asked for, and keeps it.
 * @template T
 * @param {() => T} make
 * @returns {() => T}
 */
export function once(make) {
  /** @type {T | undefined} */
  let made,
    isMade = false;
  return () => {
    if (!isMade) {
      made = make();
      isMade = true;
    }
    return /** @type {T} */ (made);
  };
}
