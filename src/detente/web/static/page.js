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

// Words for goods while they are typed; a datalist is the browser's own, and the box works without.
document.querySelectorAll('form input[name="q"], form input[name="code"]').forEach((field, number) => {
  const list = document.createElement("datalist");
  list.id = `words-${number}`;
  field.after(list);
  field.setAttribute("list", list.id);
  let waiting = 0;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    const text = field.value.trim();
    if (!text || /^[\d.\s]+$/.test(text)) return;
    waiting = setTimeout(async () => {
      try {
        const answer = await fetch(`/find/words?q=${encodeURIComponent(text)}`);
        if (!answer.ok || field.value.trim() !== text) return;
        const { words } = await answer.json();
        list.replaceChildren(...words.map(({ word, headings }) => {
          const option = document.createElement("option");
          option.value = word;
          option.label = `${word} (${headings.join(", ")})`;
          return option;
        }));
      } catch { /* offline: the box still asks */ }
    }, 120);
  });
});

// A region that scrolls ends with a whole row, so that no words are cut in two.
const fit = (region) => {
  region.style.maxHeight = "";
  if (!region.clientHeight || region.scrollHeight <= region.clientHeight + 1) return;
  const top = region.getBoundingClientRect().top - region.scrollTop;
  const ends = [...region.querySelectorAll("tr, li, dd")].map((row) => row.getBoundingClientRect().bottom - top);
  const last = Math.max(0, ...ends.filter((end) => end <= region.clientHeight));
  if (last > region.clientHeight / 2) region.style.maxHeight = `${Math.ceil(last) + region.offsetHeight - region.clientHeight}px`;
};
const regions = document.querySelectorAll(".tall, .marked-days");
const fitAll = () => regions.forEach(fit);
fitAll();
addEventListener("resize", fitAll);
document.addEventListener("toggle", (event) => event.target.querySelectorAll?.(".tall, .marked-days").forEach(fit), true);

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
