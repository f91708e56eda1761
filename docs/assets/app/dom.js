// Making and finding elements.
//
// element(tag, attributes?, ...children) -> the element; `html` among the attributes is markup from the data files,
//   which hold no scripts; `on` maps events to functions; false and null leave an attribute out
// replace(parent, ...children); isTyping(target) -> whether keys belong to a text field there

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "html") made.innerHTML = value;
    else if (name === "on") for (const [event, act] of Object.entries(value)) made.addEventListener(event, act);
    else if (value !== false && value !== null) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export const replace = (parent, ...children) =>
  parent.replaceChildren(...children.filter((child) => child !== null && child !== undefined));

export function isTyping(target) {
  return target instanceof Element && target.matches('textarea, select, input:not([type="radio"], [type="checkbox"])');
}
