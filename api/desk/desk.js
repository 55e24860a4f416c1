// Shortcuts of the desk, and nothing else: every page works without them.
"use strict";
(() => {
  const OFF = "mingzhang-shortcuts-off";
  const list = document.getElementById("shortcuts");
  const button = document.getElementById("shortcuts-off");
  const isOff = () => localStorage.getItem(OFF) === "1";
  const label = () => { button.textContent = isOff() ? button.dataset.on : button.dataset.off; };
  if (button) {
    button.hidden = false;
    label();
    button.addEventListener("click", () => {
      localStorage.setItem(OFF, isOff() ? "0" : "1");
      label();
    });
  }
  const field = (at) => at.closest("input, select, textarea, [contenteditable]");
  let row = -1;
  const move = (by) => {
    const rows = [...document.querySelectorAll("main tbody tr")].filter((tr) => tr.querySelector("a"));
    if (!rows.length) return;
    rows[row]?.classList.remove("here");
    row = Math.min(rows.length - 1, Math.max(0, row + by));
    rows[row].classList.add("here");
    rows[row].querySelector("a").focus();
  };
  let going = 0;
  document.addEventListener("keydown", (event) => {
    if (isOff() || event.ctrlKey || event.metaKey || event.altKey || field(event.target)) return;
    if (Date.now() - going < 1500) {
      going = 0;
      const link = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
      if (link) { event.preventDefault(); link.click(); }
      return;
    }
    if (event.key === "g") going = Date.now();
    else if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.key === "?" && list) { list.open = true; list.querySelector("summary").focus(); }
    else if (event.key === "/") {
      const first = document.querySelector("main input:not([type=hidden]), main select, main textarea");
      if (first) { event.preventDefault(); first.focus(); }
    }
  });
})();
