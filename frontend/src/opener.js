// The one script that a page carries as it is: it unpacks the page's data, and then its scripts, which run in their order. Each of them is admitted by
// its own digest, as if it had stood there in full.
import { inflate } from "./inflate.js";

async function open() {
  const blocks = [...document.querySelectorAll("script[data-packed]")],
    texts = await Promise.all(blocks.map((block) => inflate(block.textContent)));
  blocks.forEach((block, n) => {
    const full = document.createElement("script");
    if (block.id) full.id = block.id;
    if (block.getAttribute("type") === "application/json") full.type = "application/json";
    full.textContent = texts[n];
    block.replaceWith(full);
  });
}

open().catch((error) => {
  const told = document.createElement("p");
  told.setAttribute("role", "alert");
  told.textContent = `This page could not be unpacked (${error.message}). It needs Chrome or Edge 80, Firefox 113, Safari 16.4, or later.`;
  document.body.prepend(told);
});
