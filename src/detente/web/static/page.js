// What a person feels, on top of pages that work without it: menus that close, values under a finger.
"use strict";

const menus = document.querySelectorAll("details.menu");
const close = (but) => menus.forEach((menu) => { if (menu !== but) menu.open = false; });
document.addEventListener("click", (event) => close(event.target.closest("details.menu")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = [...menus].find((menu) => menu.open);
  close(null);
  if (open) open.querySelector("summary").focus();
});

document.querySelectorAll("figure.figure").forEach((figure) => {
  const strips = [...figure.querySelectorAll(".strip")];
  if (!strips.length) return;
  const words = strips.map((strip) => strip.querySelector("title").textContent);
  strips.forEach((strip) => strip.querySelector("title").remove());
  const plot = figure.querySelector(".plot");
  const said = document.createElement("p");
  said.className = "readout";
  said.setAttribute("aria-live", "polite");
  said.textContent = plot.dataset.invite;
  plot.after(said);
  let at = strips.length;
  const show = (number) => {
    at = Math.max(0, Math.min(strips.length - 1, number));
    strips.forEach((strip, each) => strip.classList.toggle("shown", each === at));
    said.textContent = words[at];
  };
  strips.forEach((strip, number) => strip.addEventListener("pointermove", () => show(number)));
  strips.forEach((strip, number) => strip.addEventListener("pointerdown", () => show(number)));
  const back = document.createElement("button"), on = document.createElement("button");
  [[back, "‹ Earlier", -1], [on, "Later ›", 1]].forEach(([button, text, step]) => {
    button.type = "button";
    button.className = "second step";
    button.textContent = text;
    button.addEventListener("click", () => show(at + step));
  });
  const row = document.createElement("div");
  row.className = "steps";
  row.append(back, on);
  said.after(row);
});
