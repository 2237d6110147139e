/** Text as it may stand in HTML, in an attribute's double or single quotes too. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
