/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/xml.h"

#include <expat.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"

enum {
	PIECE = 32768,
	DEEPEST = 64,        /* elements in one another; an office program needs a dozen */
	MOST_NAMES = 4096,   /* expat keeps every name it meets */
	SHORT = 3,           /* there are not so many names of that length */
	LONGEST = 1 << 20    /* one tag; expat reads it anew with every piece */
};

static const char separator = '\n'; /* between namespace and name: stands in neither */

struct th_xml {
	th_xml_input input;
	const th_xml_use *use;
	void *user;
	XML_Parser parser;
	th_intern names;
	th_status status;
	unsigned depth;
	uint64_t fed;
	bool paused, last;
};

static const XML_Memory_Handling_Suite memory = {th_malloc, th_realloc, free};

static void stop(th_xml *xml, th_status status)
{
	if (status > xml->status)
		xml->status = status;
	XML_StopParser(xml->parser, XML_FALSE);
}

static th_status malformed(const th_xml *xml)
{
	char line[24], column[24];
	snprintf(line, sizeof line, "%lu", (unsigned long)XML_GetCurrentLineNumber(xml->parser));
	snprintf(column, sizeof column, "%lu", (unsigned long)XML_GetCurrentColumnNumber(xml->parser) + 1);
	return th_report(xml->input.diags, TH_WORKBOOK_XML, (th_pos){xml->input.path, 1, 1, NULL}, xml->input.name, line, column, NULL);
}

/* Of those namespaces that the functions know. */
static const char *local_name(const char *name)
{
	static const char *const known[] = {
		"http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main",
		"http://schemas.openxmlformats.org/package/2006/relationships",
	};
	const char *mark = strchr(name, separator);
	for (size_t i = 0; mark && i < sizeof known / sizeof *known; i++)
		if (strncmp(name, known[i], (size_t)(mark - name)) == 0 && known[i][mark - name] == '\0')
			return mark + 1;
	return NULL;
}

static void note_name(th_xml *xml, const char *name)
{
	if (strlen(name) <= SHORT)
		return;
	if (th_intern_add(&xml->names, th_slice_of(name)) == TH_NONE)
		stop(xml, th_no_memory(xml->input.diags));
	else if (xml->names.count > MOST_NAMES)
		stop(xml, malformed(xml));
}

static void on_start(void *data, const char *name, const char **attributes)
{
	th_xml *xml = data;
	const char *local = local_name(name);
	if (!local)
		note_name(xml, name);
	else if (strlen(local) > SHORT)
		note_name(xml, local);
	for (const char **a = attributes; *a; a += 2)
		note_name(xml, *a);
	if (++xml->depth > DEEPEST)
		stop(xml, malformed(xml));
	if (!local || xml->status != TH_OK)
		return;
	th_status status = xml->use->start(xml->user, local, (const char *const *)attributes);
	if (status != TH_OK)
		stop(xml, status);
}

static void on_end(void *data, const char *name)
{
	th_xml *xml = data;
	const char *local = local_name(name);
	xml->depth--;
	if (!local || xml->status != TH_OK || !xml->use->end)
		return;
	th_status status = xml->use->end(xml->user, local);
	if (status != TH_OK)
		stop(xml, status);
}

static void on_text(void *data, const char *text, int len)
{
	th_xml *xml = data;
	if (xml->status == TH_OK)
		xml->use->text(xml->user, text, (size_t)len);
}

static void on_namespace(void *data, const char *prefix, const char *uri)
{
	(void)uri;
	if (prefix)
		note_name(data, prefix);
}

static void on_document_type(void *data, const char *name, const char *system, const char *public, int internal)
{
	th_xml *xml = data;
	(void)name, (void)system, (void)public, (void)internal;
	stop(xml, th_report(xml->input.diags, TH_WORKBOOK_DTD, (th_pos){xml->input.path, 1, 1, NULL}, xml->input.name, NULL));
}

th_status th_xml_open(const th_xml_input *input, const th_xml_use *use, void *user, th_xml **out)
{
	*out = NULL;
	th_xml *xml = th_calloc(1, sizeof *xml);
	if (!xml)
		return th_no_memory(input->diags);
	*xml = (th_xml){.input = *input, .use = use, .user = user};
	const char between[2] = {separator, '\0'};
	xml->parser = XML_ParserCreate_MM(NULL, &memory, between);
	if (!xml->parser) {
		free(xml);
		return th_no_memory(input->diags);
	}
	XML_SetUserData(xml->parser, xml);
	XML_SetElementHandler(xml->parser, on_start, on_end);
	XML_SetStartNamespaceDeclHandler(xml->parser, on_namespace);
	XML_SetStartDoctypeDeclHandler(xml->parser, on_document_type);
	uint64_t salt = th_hash(&xml, sizeof xml); /* of the key that a process draws */
	XML_SetHashSalt(xml->parser, (unsigned long)salt ? (unsigned long)salt : 1);
	*out = xml;
	return TH_OK;
}

void th_xml_want_text(th_xml *xml, bool wanted)
{
	XML_SetCharacterDataHandler(xml->parser, wanted ? on_text : NULL);
}

void th_xml_pause(th_xml *xml)
{
	if (xml->status == TH_OK && !xml->paused && XML_StopParser(xml->parser, XML_TRUE) == XML_STATUS_OK)
		xml->paused = true;
}

static th_status failed(th_xml *xml)
{
	if (xml->status != TH_OK)
		return xml->status;
	xml->status = XML_GetErrorCode(xml->parser) == XML_ERROR_NO_MEMORY ? th_no_memory(xml->input.diags) : malformed(xml);
	return xml->status;
}

/* The next piece of the input, parsed as far as it goes. */
static enum XML_Status feed(th_xml *xml)
{
	size_t got = 0;
	void *room = XML_GetBuffer(xml->parser, PIECE);
	if (!room)
		return XML_STATUS_ERROR;
	th_status status = xml->input.read(xml->input.from, room, PIECE, &got);
	if (status != TH_OK) {
		xml->status = status;
		return XML_STATUS_ERROR;
	}
	xml->fed += got;
	xml->last = got == 0;
	enum XML_Status parsed = XML_ParseBuffer(xml->parser, (int)got, xml->last);
	XML_Index at = XML_GetCurrentByteIndex(xml->parser);
	if (parsed == XML_STATUS_OK && !xml->last && at >= 0 && xml->fed - (uint64_t)at > LONGEST) {
		xml->status = malformed(xml);
		return XML_STATUS_ERROR;
	}
	return parsed;
}

th_status th_xml_go(th_xml *xml, bool *end)
{
	enum XML_Status parsed = XML_STATUS_OK;
	*end = false;
	if (xml->status != TH_OK)
		return xml->status;
	if (xml->paused) {
		xml->paused = false;
		parsed = XML_ResumeParser(xml->parser);
	}
	while (parsed == XML_STATUS_OK && !xml->last)
		parsed = feed(xml);
	if (parsed == XML_STATUS_ERROR || xml->status != TH_OK)
		return failed(xml);
	*end = parsed == XML_STATUS_OK;
	return TH_OK;
}

void th_xml_close(th_xml *xml)
{
	if (!xml)
		return;
	XML_ParserFree(xml->parser);
	th_intern_free(&xml->names);
	free(xml);
}

static th_status read_part(void *from, void *to, size_t len, size_t *got)
{
	return th_part_read(from, to, len, got);
}

th_status th_xml_part(th_package *package, const char *name, const th_xml_use *use, void *user)
{
	th_part *part;
	th_xml *xml = NULL;
	bool end;
	th_status status = th_part_open(package, name, &part);
	if (status != TH_OK)
		return status;
	const th_xml_input input = {read_part, part, th_package_path(package), th_part_name(part), th_package_diags(package)};
	status = th_xml_open(&input, use, user, &xml);
	if (status == TH_OK) {
		th_xml_want_text(xml, use->text != NULL);
		status = th_xml_go(xml, &end);
	}
	th_xml_close(xml);
	th_part_close(part);
	return status;
}

const char *th_xml_attribute(const char *const *attributes, const char *name)
{
	for (; *attributes; attributes += 2)
		if (strcmp(*attributes, name) == 0)
			return attributes[1];
	return NULL;
}

const char *th_xml_relation(const char *const *attributes)
{
	static const char *const known[] = {"http://schemas.openxmlformats.org/officeDocument/2006/relationships\nid",
	                                    "http://purl.oclc.org/ooxml/officeDocument/relationships\nid"};
	const char *id = th_xml_attribute(attributes, known[0]);
	return id ? id : th_xml_attribute(attributes, known[1]);
}

bool th_xml_index(const char *text, size_t most, size_t *out)
{
	size_t value = 0;
	const char *p = text;
	for (; *p >= '0' && *p <= '9'; p++) {
		if (value > (most - (size_t)(*p - '0')) / 10)
			return false;
		value = value * 10 + (size_t)(*p - '0');
	}
	*out = value;
	return p > text && *p == '\0';
}

bool th_xml_flag(const char *text)
{
	return text && (strcmp(text, "1") == 0 || strcmp(text, "true") == 0 || strcmp(text, "on") == 0);
}

void th_xml_library(th_buf *out)
{
	XML_Expat_Version version = XML_ExpatVersionInfo();
	th_buf_printf(out, "expat %d.%d.%d", version.major, version.minor, version.micro);
}
