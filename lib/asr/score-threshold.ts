/**
 * The score of 24 hours above which Enterprise Security's rule "24 hour risk threshold exceeded" creates a finding
 * (docs.splunk.com, ES 7.0 default correlation searches).
 */
export const scoreThreshold = 100
