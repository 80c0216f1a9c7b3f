// Below every quotation a button that copies its source, as one would cite it, with its address.
{
  const { copy, copied } = document.currentScript.dataset;
  const quoted = navigator.clipboard ? document.querySelectorAll(".quotation .attribution") : [];
  for (const attribution of quoted) {
    const line = attribution.querySelector("p:not(.elision)");
    const words = [];
    // Words before the first element are the label.
    for (let node = line.firstElementChild; node; node = node.nextSibling) words.push(node.textContent);
    const link = line.querySelector("a.source-link");
    const text = words.join("").replace(/[ \t\n]+/g, " ").trim() + (link ? " " + link.href : "");
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: copy });
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text);
      button.textContent = copied;
      setTimeout(() => (button.textContent = copy), 2000);
    });
    let acts = attribution.querySelector(".acts");
    if (!acts) attribution.append((acts = Object.assign(document.createElement("p"), { className: "acts" })));
    acts.append(button);
  }
}
