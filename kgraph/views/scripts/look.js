"use strict";
// Colours and shapes, for light and dark. Colours after Okabe & Ito (2008), which colour-blind people can tell apart; shapes say the same again.
kgraph.look = (() => {
  const styles = JSON.parse(document.getElementById("styles").textContent);
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => dark.matches && !kgraph.printing;
  const pick = (colours) => colours[isDark() ? 1 : 0];
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const listeners = [];
  const refresh = () => listeners.forEach((tell) => tell());
  dark.addEventListener("change", refresh);
  return {
    types: Object.keys(styles.types),
    type: (type) => {
      const style = styles.types[type] || styles.other;
      return { shape: style.shape, colour: pick(style.colours) };
    },
    family: (relation) => styles.families[relation] || "neutral",
    relation: (relation) => pick(styles.lines[styles.families[relation] || "neutral"].colours),
    head: (relation) => styles.lines[styles.families[relation] || "neutral"].head,
    ink: () => css("--ink"),
    soft: () => css("--soft"),
    paper: () => css("--paper"),
    line: () => css("--line"),
    link: () => css("--link"),
    isDark,
    refresh,
    onChange: (tell) => listeners.push(tell),
  };
})();
