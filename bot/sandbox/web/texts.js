// The words of the page, in French and English.

const FR = {
  sandbox: "bac à sable", phone: "Téléphone", group: "Groupe", language: "Langue de la page",
  person: "Personne", newPerson: "Nouvelle personne", firstName: "Prénom", personLanguage: "Langue de son Telegram",
  ok: "Valider", cancel: "Annuler", close: "Fermer", create: "Créer", send: "Envoyer", bot: "bot",
  message: "Message", writeTo: "Écrire un message", start: "DÉMARRER", empty: "Aucun message pour l’instant.",
  whatCanBotDo: "Que peut faire ce bot ?", typing: "écrit…", sendsPhoto: "envoie une photo…", sendsFile: "envoie un fichier…",
  edited: "modifié", today: "Aujourd’hui", yesterday: "Hier", newMessages: "Nouveaux messages", toBottom: "Aller en bas",
  commands: "Commandes", attach: "Joindre", keyboard: "Afficher ou masquer le clavier", menu: "Menu",
  photo: "Photo", document: "Document", location: "Position", contact: "Contact", voice: "Message vocal", sticker: "Autocollant",
  forwarded: "Message transféré", forwardedFrom: "Transféré de {name}", latitude: "Latitude", longitude: "Longitude", place: "Lieu",
  otherPlace: "Autre…", phoneNumber: "Téléphone", author: "Auteur", text: "Texte", seconds: "Durée (secondes)",
  reply: "Répondre", edit: "Modifier", delete: "Supprimer", copyText: "Copier le texte", react: "Réagir", copied: "Copié",
  copyCode: "Copier", editing: "Modification", replyTo: "Réponse à {name}", messageMenu: "Actions du message",
  block: "Bloquer le bot", unblock: "Débloquer le bot", blocked: "bloqué", blockedNote: "Vous avez bloqué ce bot.",
  pinned: "Message épinglé", pinnedBy: "{name} a épinglé un message", joined: "{name} a rejoint le groupe",
  left: "{name} a quitté le groupe", topicCreated: "{name} a créé le sujet « {topic} »", topicEdited: "{name} a modifié le sujet",
  topicClosed: "{name} a fermé le sujet", topicReopened: "{name} a rouvert le sujet", migrated: "Le groupe est devenu un supergroupe",
  service: "Information", general: "Général", topics: "Sujets du groupe", closed: "fermé", members: "{n} membres", actAs: "J’écris en tant que",
  manageMembers: "Membres du groupe", noGroup: "Il n’y a pas encore de groupe de conseillers.",
  noGroupHint: "Créez-le avec une première conseillère : le bot y est ajouté comme administrateur.",
  createGroup: "Créer le groupe", groupTitle: "Nom du groupe", counsellor: "Prénom de la conseillère ou du conseiller",
  defaultGroup: "Équipe d’accompagnement", notMember: "Personne de ce groupe ne peut écrire.", noMemberHint: "Ajoutez un membre par le menu du groupe.",
  member: "membre", chooseGroup: "Groupe", clock: "Horloge du bac à sable", plusHour: "+ 1 heure", plusDay: "+ 1 jour", tomorrow: "demain 09:00",
  custom: "Choisir…", moveTo: "Avancer jusqu’au", go: "Avancer", moving: "L’horloge avance…", clockMenu: "Avancer l’horloge",
  past: "L’horloge ne recule pas : ce moment est déjà passé.", running: "L’horloge avance déjà ; attendez qu’elle soit arrivée.",
  invalid: "Ce n’est pas possible.", gone: "Cela n’existe plus.", not_allowed: "Ce n’est pas permis.", offline: "Connexion perdue, nouvel essai…",
  noAnswer: "Le bot n’a pas répondu.", openLink: "Ouvrir le lien", you: "Vous", unread: "{n} non lus", spoiler: "Texte masqué, cliquer pour l’afficher",
  showMore: "Afficher la suite", nothingFound: "Aucune commande", hello: "Bonjour", replyKeyboard: "Réponses proposées", poll: "Sondage",
  forward: "Transférer", forwardTo: "Transférer vers", forwardDone: "Transféré : {name}", showPinned: "Afficher ou replier le message épinglé",
  refused: "Telegram a refusé {method} : {text}", anonymously: "{name}, sans dire son nom", asChannel: "{channel} (chaîne, {name})",
  topicIsClosed: "Ce sujet est fermé.", newTopic: "Nouveau sujet", topicName: "Nom du sujet", renameTopic: "Renommer le sujet",
  closeTopic: "Fermer le sujet", reopenTopic: "Rouvrir le sujet", deleteTopic: "Supprimer le sujet", enableTopics: "Activer les sujets",
  topicRenamed: "{name} a renommé le sujet « {topic} »", addStranger: "Ajouter un inconnu", botHere: "Le bot dans ce groupe", botPresent: "Dans le groupe",
  administrator: "Admin", owner: "propriétaire", can_manage_topics: "Gérer les sujets", can_delete_messages: "Supprimer des messages",
  can_pin_messages: "Épingler des messages", newChannel: "Nouvelle chaîne", channelTitle: "Nom de la chaîne", groupKind: "Sorte de groupe",
  kind_forum: "Avec des sujets", kind_supergroup: "Sans sujets", kind_basic: "Petit groupe (change d’identifiant avec les sujets)",
  addedBy: "{by} a ajouté {name}", removedBy: "{by} a retiré {name}", followed: "Personnes accompagnées", counsellors: "Membres des groupes",
  openInvitation: "Ouvrir un lien", invitationLink: "Lien ou code", open: "Ouvrir", notThisBot: "Ce n’est pas un lien vers ce bot.",
  openPhone: "Ouvrir le téléphone de {name}", startCode: "avec le code {code}",
  loadOlder: "Messages précédents", startHint: "Cliquez sur DÉMARRER pour écrire à Bob.",
};

const EN = {
  sandbox: "sandbox", phone: "Phone", group: "Group", language: "Language of the page",
  person: "Person", newPerson: "New person", firstName: "First name", personLanguage: "Language of their Telegram",
  ok: "OK", cancel: "Cancel", close: "Close", create: "Create", send: "Send", bot: "bot",
  message: "Message", writeTo: "Write a message", start: "START", empty: "No messages here yet.",
  whatCanBotDo: "What can this bot do?", typing: "typing…", sendsPhoto: "sending a photo…", sendsFile: "sending a file…",
  edited: "edited", today: "Today", yesterday: "Yesterday", newMessages: "New messages", toBottom: "Go to the bottom",
  commands: "Commands", attach: "Attach", keyboard: "Show or hide the keyboard", menu: "Menu",
  photo: "Photo", document: "Document", location: "Location", contact: "Contact", voice: "Voice message", sticker: "Sticker",
  forwarded: "Forwarded message", forwardedFrom: "Forwarded from {name}", latitude: "Latitude", longitude: "Longitude", place: "Place",
  otherPlace: "Other…", phoneNumber: "Phone number", author: "Author", text: "Text", seconds: "Length (seconds)",
  reply: "Reply", edit: "Edit", delete: "Delete", copyText: "Copy text", react: "React", copied: "Copied",
  copyCode: "Copy", editing: "Editing", replyTo: "Reply to {name}", messageMenu: "Message actions",
  block: "Block the bot", unblock: "Unblock the bot", blocked: "blocked", blockedNote: "You have blocked this bot.",
  pinned: "Pinned message", pinnedBy: "{name} pinned a message", joined: "{name} joined the group",
  left: "{name} left the group", topicCreated: "{name} created the topic “{topic}”", topicEdited: "{name} changed the topic",
  topicClosed: "{name} closed the topic", topicReopened: "{name} reopened the topic", migrated: "The group became a supergroup",
  service: "Information", general: "General", topics: "Topics of the group", closed: "closed", members: "{n} members", actAs: "I write as",
  manageMembers: "Members of the group", noGroup: "There is no counsellors’ group yet.",
  noGroupHint: "Create it with a first counsellor: the bot is added as an administrator.",
  createGroup: "Create the group", groupTitle: "Name of the group", counsellor: "First name of the counsellor",
  defaultGroup: "Support team", notMember: "Nobody in this group can write.", noMemberHint: "Add a member from the group’s menu.",
  member: "member", chooseGroup: "Group", clock: "The sandbox’s clock", plusHour: "+ 1 hour", plusDay: "+ 1 day", tomorrow: "tomorrow 09:00",
  custom: "Choose…", moveTo: "Move forward to", go: "Move", moving: "The clock is moving…", clockMenu: "Move the clock",
  past: "The clock only moves forward: that moment has passed.", running: "The clock is already moving; wait until it has arrived.",
  invalid: "That is not possible.", gone: "That does not exist any more.", not_allowed: "That is not allowed.", offline: "Connection lost, trying again…",
  noAnswer: "The bot did not answer.", openLink: "Open the link", you: "You", unread: "{n} unread", spoiler: "Hidden text, click to show",
  showMore: "Show more", nothingFound: "No command", hello: "Hello", replyKeyboard: "Suggested answers", poll: "Poll",
  forward: "Forward", forwardTo: "Forward to", forwardDone: "Forwarded: {name}", showPinned: "Show or fold the pinned message",
  refused: "Telegram refused {method}: {text}", anonymously: "{name}, unnamed", asChannel: "{channel} (channel, {name})",
  topicIsClosed: "This topic is closed.", newTopic: "New topic", topicName: "Name of the topic", renameTopic: "Rename the topic",
  closeTopic: "Close the topic", reopenTopic: "Reopen the topic", deleteTopic: "Delete the topic", enableTopics: "Turn topics on",
  topicRenamed: "{name} renamed the topic “{topic}”", addStranger: "Add a stranger", botHere: "The bot in this group", botPresent: "In the group",
  administrator: "Admin", owner: "owner", can_manage_topics: "Manage topics", can_delete_messages: "Delete messages",
  can_pin_messages: "Pin messages", newChannel: "New channel", channelTitle: "Name of the channel", groupKind: "Kind of group",
  kind_forum: "With topics", kind_supergroup: "Without topics", kind_basic: "Basic group (topics change its id)",
  addedBy: "{by} added {name}", removedBy: "{by} removed {name}", followed: "People followed", counsellors: "Members of groups",
  openInvitation: "Open a link", invitationLink: "Link or code", open: "Open", notThisBot: "This is no link to this bot.",
  openPhone: "Open {name}’s phone", startCode: "with the code {code}",
  loadOlder: "Earlier messages", startHint: "Click START to write to Bob.",
};

const TEXTS = { fr: FR, en: EN };
const KEPT = "sandbox-language";

function firstLanguage() {
  const kept = localStorage.getItem(KEPT);
  if (kept in TEXTS) return kept;
  return navigator.language.toLowerCase().startsWith("fr") ? "fr" : "en";
}

export let language = firstLanguage();

export function setLanguage(code) {
  language = code;
  localStorage.setItem(KEPT, code);
  document.documentElement.lang = code;
}

export function t(key, values = {}) {
  return TEXTS[language][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

// A sentence for a problem: the page's own words when it knows the code, else the server's.
export const problemText = (problem) => TEXTS[language][problem.code] || problem.message;
