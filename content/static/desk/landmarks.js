"use strict";
// The theme shows and hides its menu by icons that only a pointer reaches: they become buttons.

const menu = document.currentScript.dataset.menu;
document.querySelectorAll("[x-on\\:click*='sidebar']").forEach((icon) => {
  icon.setAttribute("role", "button");
  icon.setAttribute("aria-label", menu);
  icon.tabIndex = 0;
  icon.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    icon.click();
  });
});

// The theme's scrolling areas are all called "scrollable content": each gets a name of its own.

addEventListener("load", () => {
  document.querySelectorAll(".simplebar-content-wrapper[role=region]").forEach((area, n) => {
    const name = area.closest("nav, [aria-label]:not(.simplebar-content-wrapper)")?.getAttribute("aria-label");
    area.setAttribute("aria-label", `${name ?? area.getAttribute("aria-label")} ${n + 1}`);
  });
});
