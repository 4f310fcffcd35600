-- Texts for which LIKE is not enough: it folds the case of ASCII only, and ends a text at its first NUL character, as length() does.
CREATE INDEX text_unusual ON text (id) WHERE octet_length(value) <> length(value);
