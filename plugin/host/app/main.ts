/** The preview in the browser: services, shared packages, texts, then the page. */
import './host.css';
import 'uplot/dist/uPlot.min.css';
import { config } from '@grafana/runtime';
import { initializeI18n } from 'grafana-internals/i18n';
import { renderShell } from './shell/render';
import { installServices } from './services/install';
import { shareModules } from './shared-modules';

installServices();
shareModules();
void initializeI18n({ language: config.bootData.user.language, ns: ['grafana'] }).then(renderShell);
