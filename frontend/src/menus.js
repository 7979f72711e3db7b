// The menus of the head: one closes when another is used, by a click elsewhere, and by Escape.

const menus = () => /** @type {HTMLDetailsElement[]} */ ([...document.querySelectorAll("details.dropdown")]);

/** Close the menu that is open; whether one was. */
export function close() {
  const open = menus().find((menu) => menu.open);
  if (!open) return false;
  open.open = false;
  open.querySelector("summary").focus();
  return true;
}

export function begin() {
  document.addEventListener("click", (event) => {
    // What a click took from the menu is not in it any more.
    const path = event.composedPath();
    for (const menu of menus()) if (menu.open && !path.includes(menu)) menu.open = false;
  });
}
