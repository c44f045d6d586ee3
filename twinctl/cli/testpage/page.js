// The switches show the frame anew; what its widget tells is listed.

const form = document.querySelector("form");
const frame = document.querySelector("iframe");
const list = document.querySelector("ol");
const MOST_LISTED = 200;

const show = () => {
  const { size, ...wanted } = Object.fromEntries(new FormData(form));
  frame.className = size;
  const address = `/frame?${new URLSearchParams(wanted)}`;
  if (frame.getAttribute("src") !== address) frame.setAttribute("src", address);
};

const line = ({ name, detail }) => {
  const item = document.createElement("li");
  const time = document.createElement("time");
  const said = document.createElement("strong");
  time.textContent = new Date().toLocaleTimeString();
  said.textContent = name;
  item.append(time, said);
  if (Object.keys(detail).length) {
    const code = document.createElement("code");
    code.textContent = JSON.stringify(detail);
    item.append(code);
  }
  return item;
};

form.addEventListener("change", show);
addEventListener("message", (event) => {
  if (event.source !== frame.contentWindow || event.origin !== location.origin) return;
  document.querySelector("#none").hidden = true;
  list.prepend(line(event.data));
  while (list.children.length > MOST_LISTED) list.lastChild.remove();
});
show();
