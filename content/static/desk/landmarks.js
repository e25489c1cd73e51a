"use strict";
// The theme's scrolling areas are all called "scrollable content": each gets a name of its own.

addEventListener("load", () => {
  document.querySelectorAll(".simplebar-content-wrapper[role=region]").forEach((area, n) => {
    const name = area.closest("nav, [aria-label]:not(.simplebar-content-wrapper)")?.getAttribute("aria-label");
    area.setAttribute("aria-label", `${name ?? area.getAttribute("aria-label")} ${n + 1}`);
  });
});
