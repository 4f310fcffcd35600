-- Texts for which LIKE is not enough: it ends a text at its first NUL character, as length() does, and folds the case of ASCII only.
CREATE INDEX text_with_nul ON text (id) WHERE instr(value, char(0)) > 0;
CREATE INDEX text_unusual ON text (id) WHERE octet_length(value) <> length(value);
