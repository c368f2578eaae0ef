// SPDX-License-Identifier: GPL-3.0-or-later
// The same program under node, for the tests: files and environment are those of the system.
Module['preRun'] = [function () { for (var name in process.env) ENV[name] = process.env[name]; }];
