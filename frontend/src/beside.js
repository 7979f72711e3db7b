// The pages beside this one: what was kept on one of them is opened there. A view of the analysis is kept with the name of its file, one of the
// network's page without.
export const ANALYSIS = "analysis.html",
  NETWORK = "network.html",
  FINDING = "finding:";

const linked = (file) => document.querySelector(`.tabs a[href="${file}"]`) !== null;

function go(file, fragment) {
  if (!linked(file)) return false;
  location.assign(`${file}#${fragment}`);
  return true;
}

/** Where a thing or a statement is judged, by its short IRI; nothing where no server that takes judgements shows the page. @param {string} short */
export const judging = (short) => (linked("/judgements") ? `/id/${short}#judge` : null);

/** Open a view that was kept on the analysis; whether it was one. @param {string} address */
export const open = (address) => address.startsWith(`${ANALYSIS}#`) && go(ANALYSIS, address.slice(ANALYSIS.length + 1));

/** Show there what a note is about; whether it is there. @param {string} about */
export const choose = (about) =>
  about.startsWith(FINDING) ? go(ANALYSIS, about.slice(FINDING.length)) : go(NETWORK, `view=network&selected=${encodeURIComponent(about)}`);

/** Open a view of the network's page. @param {string} address */
export const openNetwork = (address) => go(NETWORK, address);
