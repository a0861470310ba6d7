import { http } from '@google-cloud/functions-framework';
http('dbMigration', (req, res) => { res.json({ path: req.path, b: req.body as unknown }); });
