// A picture is fitted to its stage, and again when the stage has another size, unless the reader has gone elsewhere in it since.

// A window that is drawn larger has many sizes on its way.
const SETTLED = 80;

/**
 * @param {HTMLElement} stage @param {() => void} refit draws the picture for the stage as it is now
 */
export function keepFitted(stage, refit) {
  const size = () => `${stage.clientWidth} ${stage.clientHeight}`;
  let fitted = "",
    isElsewhere = false,
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    later;
  new ResizeObserver(() => {
    clearTimeout(later);
    // What is hidden has no size.
    later = setTimeout(() => {
      if (fitted && !isElsewhere && stage.clientWidth && size() !== fitted) refit();
    }, SETTLED);
  }).observe(stage);
  return {
    /** The picture fits the stage as it is now. */
    fits() {
      fitted = size();
      isElsewhere = false;
    },
    /** Whether the reader sees it as it was fitted. */
    isFitted: () => !isElsewhere,
    /** The reader has moved the picture, or gone closer. */
    moved() {
      isElsewhere = true;
    },
  };
}
/**
 * The same for a drawing of vis-network, whose moves by pointer, wheel and keyboard count.
 * @param {any} network @param {HTMLElement} stage @param {() => void} refit
 */
export function keepDrawingFitted(network, stage, refit) {
  const kept = keepFitted(stage, refit);
  for (const event of ["dragStart", "zoom"]) network.on(event, kept.moved);
  stage.addEventListener("keydown", (event) => event.defaultPrevented && kept.moved());
  return kept;
}
