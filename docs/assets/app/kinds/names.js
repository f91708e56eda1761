// What each kind of item is called on the pages. No DOM.

export const KIND_NAMES = {
  recall: "Free answer",
  choice: "Choice",
  cloze: "Gap",
  ordering: "Order",
  matching: "Pairs",
  command: "Command",
};
