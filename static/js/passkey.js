// Fills a form with what the browser's passkey says: <form data-passkey="get|create" [data-options-from="/address/"]>
// with a hidden field "credential", a note for failure and a button, which show only where passkeys are known.
// What is asked of the browser stands in <script id="passkey-options">, or at the address given.

const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
const withBytes = (known) => ({ ...known, id: toBytes(known.id) });

async function optionsOf(form) {
  if (!form.dataset.optionsFrom) return JSON.parse(document.getElementById("passkey-options").textContent);
  const answer = await fetch(form.dataset.optionsFrom, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.status);
  return (await answer.json()).request_options;
}

async function credentialFor(form) {
  const { publicKey } = await optionsOf(form);
  publicKey.challenge = toBytes(publicKey.challenge);
  if (form.dataset.passkey === "get") {
    publicKey.allowCredentials = publicKey.allowCredentials?.map(withBytes);
    return navigator.credentials.get({ publicKey });
  }
  publicKey.user.id = toBytes(publicKey.user.id);
  publicKey.excludeCredentials = publicKey.excludeCredentials?.map(withBytes);
  // A key that the device keeps and asks a finger, face or PIN for: it signs in by itself.
  const wish = { residentKey: "required", requireResidentKey: true, userVerification: "required" };
  publicKey.authenticatorSelection = { ...publicKey.authenticatorSelection, ...wish };
  return navigator.credentials.create({ publicKey });
}

function asJson(credential) {
  const { response } = credential;
  const said = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) said[name] = toText(response[name]);
  }
  if (response.getTransports) said.transports = response.getTransports();
  const { id, type, authenticatorAttachment } = credential;
  const clientExtensionResults = credential.getClientExtensionResults();
  const rawId = toText(credential.rawId);
  return JSON.stringify({ id, rawId, type, authenticatorAttachment, clientExtensionResults, response: said });
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!("PublicKeyCredential" in window)) continue;
  const button = form.querySelector("button");
  const failed = form.querySelector("[role=alert]");
  button.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.hidden = true;
    try {
      form.elements.credential.value = asJson(await credentialFor(form));
      form.submit();
    } catch {
      failed.hidden = false; // stopped by the person, refused by the device, or no connection
    }
  });
}
