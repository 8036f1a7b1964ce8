// Lets the browser make or use a passkey; the server says how in data-options.
const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

function options(form) {
  const { publicKey } = JSON.parse(form.dataset.options);
  publicKey.challenge = bytes(publicKey.challenge);
  if (publicKey.user) publicKey.user.id = bytes(publicKey.user.id);
  for (const list of [publicKey.excludeCredentials, publicKey.allowCredentials]) {
    for (const one of list ?? []) one.id = bytes(one.id);
  }
  return { publicKey };
}

function told(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  });
}

for (const form of document.querySelectorAll(".app-passkey")) {
  if (!window.PublicKeyCredential) continue;
  const button = form.querySelector("button");
  const failed = form.querySelector(".app-passkey__failed");
  button.hidden = false;
  form.querySelector(".app-passkey__without").hidden = true;
  button.addEventListener("click", async () => {
    failed.hidden = true;
    try {
      const credential = await navigator.credentials[form.dataset.ceremony](options(form));
      form.elements.credential.value = told(credential);
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
}
