// Runs in browsers: a button that prints takes the place of the words that say which keys do.

const button = document.querySelector<HTMLButtonElement>("#print-island button");
const words = document.querySelector<HTMLElement>("#print-island p");

button?.addEventListener("click", () => {
  window.print();
});
if (button) button.hidden = false;
if (words) words.hidden = true;
