/** The bytes of `contexts/inaltera-v1.jsonld`, which a test compares; fixed for ever, since certificates name it. */
export const INALTERA_CONTEXT_TEXT = `{
  "@context": {
    "@protected": true,
    "id": "@id",
    "type": "@type",

    "givenName": { "@id": "https://schema.org/givenName" },
    "familyName": { "@id": "https://schema.org/familyName" },
    "birthName": { "@id": "https://w3id.org/inaltera/v1#birthName" },
    "birthDate": {
      "@id": "https://schema.org/birthDate",
      "@type": "http://www.w3.org/2001/XMLSchema#date"
    },
    "birthPlace": { "@id": "https://schema.org/birthPlace" },
    "email": { "@id": "https://schema.org/email" },

    "Concept": { "@id": "http://www.w3.org/2004/02/skos/core#Concept" },
    "LearningOutcome": { "@id": "https://w3id.org/inaltera/v1#LearningOutcome" },
    "Assessment": { "@id": "https://w3id.org/inaltera/v1#Assessment" },

    "learningOutcome": {
      "@id": "https://w3id.org/inaltera/v1#learningOutcome",
      "@container": "@set"
    },
    "notionalWorkload": {
      "@id": "https://w3id.org/inaltera/v1#notionalWorkload",
      "@type": "http://www.w3.org/2001/XMLSchema#duration"
    },
    "creditSystem": { "@id": "https://w3id.org/inaltera/v1#creditSystem", "@type": "@id" },
    "participationForm": {
      "@id": "https://w3id.org/inaltera/v1#participationForm",
      "@container": "@set"
    },
    "assessment": { "@id": "https://w3id.org/inaltera/v1#assessment" },
    "assessmentType": {
      "@id": "https://w3id.org/inaltera/v1#assessmentType",
      "@container": "@set"
    },
    "supervision": { "@id": "https://w3id.org/inaltera/v1#supervision" },
    "prerequisites": { "@id": "https://w3id.org/inaltera/v1#prerequisites" },
    "stackability": { "@id": "https://w3id.org/inaltera/v1#stackability" },
    "aspect": { "@id": "https://w3id.org/inaltera/v1#aspect" }
  }
}
`
