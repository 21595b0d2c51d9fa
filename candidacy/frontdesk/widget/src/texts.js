// Everything that the widget itself says, in English and Spanish. What the assistant says comes from the server.

const ENGLISH = {
  assistantName: "Automated assistant",
  launcher: "Ask our automated assistant",
  launcherAgain: "Continue the chat",
  unread: (count) => (count === 1 ? "1 new message" : `${count} new messages`),
  subtitle: "Not a person. In an emergency, call 911.",
  close: "Close",
  closeLong: "Close the chat",
  conversation: "Conversation",
  newMessages: "New messages",
  input: "Your message",
  send: "Send",
  visitor: "You",
  assistant: "Assistant",
  staff: "Clinic staff",
  system: "Notice",
  choices: "Choices",
  danger: "Important",
  writing: "The assistant is writing …",
  person: "Talk to a person",
  more: "More choices",
  save: "Save a copy",
  print: "Print",
  end: "End and clear",
  endQuestion: "End this chat and clear it from this browser? The clinic keeps what you sent.",
  endYes: "End and clear",
  endNo: "Keep the chat",
  ended: "The chat has ended. It is cleared from this browser.",
  expired: "This chat has ended because nothing was sent for a long time.",
  deleted: "This conversation was deleted. You can start a new one.",
  startNew: "Start a new chat",
  expiring: (minutes) => `This chat ends in ${minutes === 1 ? "1 minute" : `${minutes} minutes`}. Would you like to keep it open?`,
  extend: "Keep it open",
  extended: "The chat stays open.",
  connecting: "One moment …",
  offline: "You are offline. What you send waits here and goes out when you are back.",
  unreachable: "The assistant can't be reached right now. It keeps trying.",
  unreachableCall: "You need not wait for it:",
  backOnline: "You are connected again.",
  sending: "Sending …",
  waitingToSend: "Not sent yet. It waits here.",
  failed: "Not sent.",
  failedStale: "Not sent: the question has changed. Please use the newest choices.",
  failedLong: "Not sent: it is too long.",
  retry: "Try again",
  remove: "Remove",
  tooLong: (most) => `That is too long. Please use at most ${most} characters, or send it in parts.`,
  call: (name) => `Call ${name}`,
  callClinic: (number) => `Call the clinic: ${number}`,
  callOrText: (number) => `Call or text ${number}`,
  emergencyNumber: "911 (emergency)",
  crisisNumber: "988 (crisis line)",
  clinic: "the clinic",
  newTab: "(opens in a new tab)",
  showDanger: "Open the chat",
  hideDanger: "Close this note",
  transcriptTitle: (clinic) => `Chat with the automated assistant of ${clinic}`,
  transcriptFile: "chat",
  languageNote: "",
};

/** @type {typeof ENGLISH} */
const SPANISH = {
  assistantName: "Asistente automático",
  launcher: "Pregunte a nuestro asistente automático",
  launcherAgain: "Seguir con el chat",
  unread: (count) => (count === 1 ? "1 mensaje nuevo" : `${count} mensajes nuevos`),
  subtitle: "No es una persona. En una emergencia, llame al 911.",
  close: "Cerrar",
  closeLong: "Cerrar el chat",
  conversation: "Conversación",
  newMessages: "Mensajes nuevos",
  input: "Su mensaje",
  send: "Enviar",
  visitor: "Usted",
  assistant: "Asistente",
  staff: "Personal de la clínica",
  system: "Aviso",
  choices: "Opciones",
  danger: "Importante",
  writing: "El asistente está escribiendo …",
  person: "Hablar con una persona",
  more: "Más opciones",
  save: "Guardar una copia",
  print: "Imprimir",
  end: "Terminar y borrar",
  endQuestion: "¿Terminar este chat y borrarlo de este navegador? La clínica guarda lo que usted envió.",
  endYes: "Terminar y borrar",
  endNo: "Seguir con el chat",
  ended: "El chat ha terminado. Se borró de este navegador.",
  expired: "Este chat ha terminado porque no se envió nada durante mucho tiempo.",
  deleted: "Esta conversación se eliminó. Puede empezar otra.",
  startNew: "Empezar otro chat",
  expiring: (minutes) => `Este chat termina en ${minutes === 1 ? "1 minuto" : `${minutes} minutos`}. ¿Desea mantenerlo abierto?`,
  extend: "Mantenerlo abierto",
  extended: "El chat sigue abierto.",
  connecting: "Un momento …",
  offline: "Usted no tiene conexión. Lo que envíe espera aquí y sale cuando vuelva la conexión.",
  unreachable: "No se puede conectar con el asistente en este momento. Se sigue intentando.",
  unreachableCall: "No tiene que esperar:",
  backOnline: "Ya hay conexión.",
  sending: "Enviando …",
  waitingToSend: "Aún no se ha enviado. Espera aquí.",
  failed: "No se envió.",
  failedStale: "No se envió: la pregunta ha cambiado. Use las opciones más nuevas.",
  failedLong: "No se envió: es demasiado largo.",
  retry: "Intentar de nuevo",
  remove: "Quitar",
  tooLong: (most) => `Es demasiado largo. Use como máximo ${most} caracteres, o envíelo en partes.`,
  call: (name) => `Llamar al ${name}`,
  callClinic: (number) => `Llamar a la clínica: ${number}`,
  callOrText: (number) => `Llamar o enviar un mensaje de texto al ${number}`,
  emergencyNumber: "911 (emergencias)",
  crisisNumber: "988 (línea de crisis)",
  clinic: "la clínica",
  newTab: "(se abre en otra pestaña)",
  showDanger: "Abrir el chat",
  hideDanger: "Cerrar este aviso",
  transcriptTitle: (clinic) => `Chat con el asistente automático de ${clinic}`,
  transcriptFile: "chat",
  languageNote: "El asistente responde en inglés.",
};

const TEXTS = { en: ENGLISH, es: SPANISH };

/**
 * The first language of those wanted that the widget speaks; English where it speaks none.
 * @param {(string|null|undefined)[]} wanted language tags, the most wanted first
 * @returns {"en"|"es"}
 */
export function chooseLanguage(wanted) {
  for (const tag of wanted) {
    const language = (tag || "").toLowerCase().split("-")[0];
    if (language in TEXTS) return /** @type {"en"|"es"} */ (language);
  }
  return "en";
}

/** @param {"en"|"es"} language */
export function textsIn(language) {
  return TEXTS[language];
}

/**
 * The language of one paragraph of the server's: its danger advice comes in Spanish and English.
 * @param {string} paragraph
 * @returns {"en"|"es"}
 */
export function languageOf(paragraph) {
  return /[ñ¿¡]|\b(llame|vaya|usted|este asistente|no espere|clínica)\b/i.test(paragraph) ? "es" : "en";
}
