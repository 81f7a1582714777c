// A password can be looked at before it is sent; it is sent as one, so that the browser's manager knows it.
for (const input of document.querySelectorAll("input[type=password]")) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "plain-button" });
  const show = (isShown) => {
    input.type = isShown ? "text" : "password";
    button.textContent = isShown ? "Hide the password" : "Show the password";
  };
  button.addEventListener("click", () => show(input.type === "password"));
  input.form.addEventListener("submit", () => show(false));
  show(false);
  input.after(button);
}
