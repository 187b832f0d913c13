/** A corrected row of the example's template, by column. */

export const ROW = new Map([
  ['N° stagiaire', 'A-2026-999'],
  ['Prénom', 'Corrigée'],
  ['Nom', 'Lefèvre'],
  ['Date de naissance', '03/02/1999'],
  ['Courriel', 'corrigee@courriel.example'],
  ['Date du jury', '12/06/2026'],
  ['Épreuve pratique /20', '15,5'],
  ['QCM sécurité (%)', '90 %'],
  ['Assiduité (%)', '100 %'],
  ['Travail d’équipe', 'Acquis'],
])
